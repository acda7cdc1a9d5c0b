using MirrorValidate.Shell.Arguments;
using MirrorValidate.Shell.Running;

namespace MirrorValidate.Shell;

/// <summary>The entry point: reads the command line and leaves the rest to <see cref="ShellRun"/>.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        ShellOptions options;
        try
        {
            options = ShellOptionsParser.Parse(args, Console.IsInputRedirected);
        }
        catch (ShellUsageException exception)
        {
            Console.Error.WriteLine(exception.Message);
            Console.Error.WriteLine("Try -Help.");
            return ShellUsageException.ExitCode;
        }

        switch (options.Mode)
        {
            case ShellMode.Help:
                Console.Out.Write(UsageText.Help);
                return 0;
            case ShellMode.Version:
                Console.Out.WriteLine(UsageText.Version);
                return 0;
        }

        // The engine reads this once, in the first static constructor that needs it.
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
        return await ShellRun.ExecuteAsync(options);
    }
}
