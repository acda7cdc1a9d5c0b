using System.Diagnostics;
using System.Reflection;

namespace MirrorValidate.PowerShell.Tests.Shell;

/// <summary>Runs the built shell as a user would: a process with its own standard streams.</summary>
internal sealed class ShellProcess : IAsyncDisposable
{
    /// <summary>Only a hang takes this long; no test waits for it to pass.</summary>
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    private static readonly string s_assembly = typeof(ShellProcess).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().First(attribute => attribute.Key == "ShellAssembly").Value!;

    private static readonly string s_dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    private readonly Process _process;
    private readonly Task<string> _error;

    private ShellProcess(Process process)
    {
        _process = process;
        _error = process.StandardError.ReadToEndAsync();
    }

    public int Id => _process.Id;

    public StreamWriter Input => _process.StandardInput;

    /// <summary>Starts the shell; its standard input stays open.</summary>
    public static ShellProcess Start(params string[] arguments) => Start(arguments, environment: null);

    public static ShellProcess Start(string[] arguments, IReadOnlyDictionary<string, string>? environment)
    {
        // A signal that the test run itself ignores (a background job) would be ignored by its children as well.
        string[] prefix = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT", s_dotnet] : [s_dotnet];
        ProcessStartInfo start = new(prefix[0], [.. prefix.Skip(1), s_assembly, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("NO_COLOR");
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return new ShellProcess(Process.Start(start)!);
    }

    /// <summary>Runs the shell to its end without any input.</summary>
    public static Task<ShellOutput> RunAsync(params string[] arguments) => RunAsync("", arguments);

    /// <summary>Runs the shell to its end with a text as standard input.</summary>
    public static async Task<ShellOutput> RunAsync(string input, string[] arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        await using ShellProcess shell = Start(arguments, environment);
        await shell.Input.WriteAsync(input);
        shell.Input.Close();
        return await shell.EndAsync();
    }

    /// <summary>The next line of standard output.</summary>
    public async Task<string?> ReadLineAsync() => await _process.StandardOutput.ReadLineAsync().WaitAsync(s_limit);

    /// <summary>Waits for the end and gives what is left of the output.</summary>
    public async Task<ShellOutput> EndAsync()
    {
        string output = await _process.StandardOutput.ReadToEndAsync().WaitAsync(s_limit);
        string error = await _error.WaitAsync(s_limit);
        await _process.WaitForExitAsync().WaitAsync(s_limit);
        return new ShellOutput(_process.ExitCode, output.ReplaceLineEndings("\n"), error.ReplaceLineEndings("\n"));
    }

    public ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
        return ValueTask.CompletedTask;
    }
}
