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

        // The engine reads these once, in the first static constructors that need them. The second spares the pipe in the
        // temporary folder by which other shells could attach to this one.
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
        Environment.SetEnvironmentVariable("POWERSHELL_DIAGNOSTICS_OPTOUT", "1");
        return await ShellRun.ExecuteAsync(options);
    }
}
