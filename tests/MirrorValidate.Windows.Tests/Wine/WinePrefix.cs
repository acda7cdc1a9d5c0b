using System.Diagnostics;
using MirrorValidate.Tests.Processes;

namespace MirrorValidate.Windows.Tests.Wine;

/// <summary>A Windows of its own under Wine, in a folder that goes with it.</summary>
internal sealed class WinePrefix : IAsyncDisposable
{
    /// <summary>Set to 1 to fail the tests instead of skipping them if there is no Wine.</summary>
    private const string RequireVariable = "MIRRORVALIDATE_REQUIRE_WINE";

    private const string Program = "/usr/bin/wine";

    /// <summary>Only reached by a hang: the slowest program here takes a minute or two.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private readonly string _scratch = Directory.CreateTempSubdirectory("mirror-validate-wine-").FullName;

    /// <summary>Why the tests are skipped; <see langword="null"/> if they are not.</summary>
    internal static string? SkipReason =>
        File.Exists(Program) || Environment.GetEnvironmentVariable(RequireVariable) == "1"
            ? null
            : $"{Program} not found; on Debian: apt-get install -y --no-install-recommends wine wine64";

    /// <summary>A folder for the files of tests.</summary>
    internal string Scratch => Directory.CreateDirectory(Path.Combine(_scratch, "files")).FullName;

    /// <summary>What a path of Linux is on Windows.</summary>
    internal static string WindowsPath(string path) => "Z:" + path.Replace('/', '\\');

    /// <summary>Makes a new one; takes a few seconds.</summary>
    internal static async Task<WinePrefix> CreateAsync()
    {
        var prefix = new WinePrefix();
        ProcessOutput output = await prefix.RunAsync(
            ["reg", "add", @"HKCU\Software\Wine", "/v", "Version", "/d", "win10", "/f"]);
        Assert.True(output.ExitCode == 0, output.Output + output.Error);
        return prefix;
    }

    /// <summary>Runs a .NET program.</summary>
    /// <param name="arguments">The program's assembly and its arguments.</param>
    /// <param name="patience">How long it may take. The default is some minutes.</param>
    /// <exception cref="TimeoutException">It took longer, and was ended.</exception>
    internal Task<ProcessOutput> RunDotNetAsync(string[] arguments, TimeSpan? patience = null) =>
        RunAsync([BuildValues.Get("WindowsDotNet"), .. arguments], patience: patience);

    /// <summary>Runs a script in PowerShell.</summary>
    /// <param name="script">The path of the script.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Additional environment variables.</param>
    internal Task<ProcessOutput> RunScriptAsync(
        string script, string[] arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        string pwsh = Path.Combine(Path.GetDirectoryName(BuildValues.Get("WindowsDotNet"))!, "pwsh.exe");
        string[] options = ["-NoProfile", "-NonInteractive", "-File"];
        return RunAsync([pwsh, .. options, WindowsPath(script), .. arguments], environment);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // Ends what still runs in this prefix, and nothing else, and waits for its end.
        foreach (string option in new[] { "-k", "-w" })
        {
            using var server = Process.Start(Prepare("/usr/bin/wineserver", [option]))!;
            await server.WaitForExitAsync();
        }

        Directory.Delete(_scratch, true);
    }

    private async Task<ProcessOutput> RunAsync(
        string[] arguments, IReadOnlyDictionary<string, string>? environment = null, TimeSpan? patience = null)
    {
        string output = Path.Combine(_scratch, Path.GetRandomFileName());
        string error = output + ".error";
        // PowerShell starts only where there is a console: Wine makes one of the terminal that script gives.
        string command = $"{string.Join(' ', arguments.Prepend(Program).Select(Quote))} >{output} 2>{error}";
        ProcessStartInfo start = Prepare("/usr/bin/script", ["--quiet", "--return", "--command", command, "/dev/null"]);
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> terminal = process.StandardOutput.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(patience ?? Patience);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }

        return new ProcessOutput(
            process.ExitCode, await ReadAsync(output), await ReadAsync(error) + await terminal.WaitAsync(Patience));
    }

    private ProcessStartInfo Prepare(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Scratch,
        };
        // What belongs to the Linux that the tests run on.
        foreach (string name in start.Environment.Keys.Where(IsForLinux).ToArray()) start.Environment.Remove(name);
        start.Environment["WINEPREFIX"] = Path.Combine(_scratch, "prefix");
        start.Environment["WINEDEBUG"] = "-all";
        start.Environment["WINEPATH"] = WindowsPath(Path.GetDirectoryName(BuildValues.Get("WindowsDotNet"))!);
        // Wine 8 cannot map the memory of the just-in-time compiler twice.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        start.Environment["DOTNET_HOST_PATH"] = WindowsPath(BuildValues.Get("WindowsDotNet"));
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        // Where Windows is new, no script may run.
        start.Environment["PSExecutionPolicyPreference"] = "Bypass";
        return start;
    }

    private static bool IsForLinux(string name) =>
        name.StartsWith("DOTNET_", StringComparison.Ordinal) ||
        name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) ||
        name.StartsWith("VSTEST_", StringComparison.Ordinal) ||
        name.StartsWith("MIRRORVALIDATE_", StringComparison.Ordinal) ||
        name.StartsWith("XDG_", StringComparison.Ordinal) ||
        name is "PSModulePath" or "DISPLAY" or "DOCKER_CONFIG" or "REGISTRY_AUTH_FILE";

    private static string Quote(string argument) => $"'{argument.Replace("'", "'\\''")}'";

    private static async Task<string> ReadAsync(string path) =>
        File.Exists(path) ? (await File.ReadAllTextAsync(path)).ReplaceLineEndings("\n") : "";
}
