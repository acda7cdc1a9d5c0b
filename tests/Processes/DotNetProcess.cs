using System.Diagnostics;

namespace MirrorValidate.Tests.Processes;

/// <summary>A .NET program that runs as a separate process with its own standard streams.</summary>
internal sealed class DotNetProcess : IAsyncDisposable
{
    /// <summary>Only reached by a hang; no test waits this long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private readonly Process _process;
    private readonly Task<string> _error;

    private DotNetProcess(Process process)
    {
        _process = process;
        _error = process.StandardError.ReadToEndAsync();
    }

    internal int Id => _process.Id;

    internal bool HasEnded => _process.HasExited;

    internal StreamWriter Input => _process.StandardInput;

    /// <summary>Starts a program; its standard input stays open.</summary>
    /// <param name="assembly">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Additional environment variables.</param>
    /// <param name="directory">The working directory. The default is that of this process.</param>
    internal static DotNetProcess Start(
        string assembly,
        string[] arguments,
        IReadOnlyDictionary<string, string>? environment = null,
        string directory = "")
    {
        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        // Resets SIGINT: if the test run ignores it, as background jobs do, its children would inherit that.
        string[] prefix = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT", dotnet] : [dotnet];
        ProcessStartInfo start = new(prefix[0], [.. prefix.Skip(1), assembly, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory,
        };
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return new DotNetProcess(Process.Start(start)!);
    }

    /// <summary>Reads the next line of standard output.</summary>
    internal async Task<string?> ReadLineAsync() => await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience);

    /// <summary>Waits for the end and returns the rest of the output.</summary>
    internal async Task<ProcessOutput> EndAsync()
    {
        string output = await _process.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
        string error = await _error.WaitAsync(Patience);
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return new ProcessOutput(_process.ExitCode, output.ReplaceLineEndings("\n"), error.ReplaceLineEndings("\n"));
    }

    /// <summary>Closes its standard input and waits for the end.</summary>
    internal async Task<ProcessOutput> EndInputAsync(string input = "")
    {
        await Input.WriteAsync(input);
        Input.Close();
        return await EndAsync();
    }

    public ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
        return ValueTask.CompletedTask;
    }
}
