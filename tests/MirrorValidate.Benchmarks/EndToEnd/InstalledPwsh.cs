using System.Runtime.InteropServices;

namespace MirrorValidate.Benchmarks.EndToEnd;

/// <summary>PowerShell as people install it: with an engine compiled ahead of time, unlike the .NET tool's.</summary>
internal static class InstalledPwsh
{
    /// <summary>Publishes it. Takes a minute the first time.</summary>
    /// <returns>The path of the program.</returns>
    internal static async Task<string> PublishAsync()
    {
        string root = WarmModule.Metadata("RepositoryRoot");
        string output = Path.Combine(root, "artifacts", "pwsh");
        await ToolProcess.RunAsync(
            "dotnet",
            [
                "publish", "tests/MirrorValidate.Benchmarks.Pwsh", "-c", "Release",
                "-r", RuntimeInformation.RuntimeIdentifier, "-o", output,
            ],
            directory: root);
        return Path.Combine(output, OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh");
    }

    /// <summary>The arguments to run a script with the module imported, like a runbook.</summary>
    internal static IReadOnlyList<string> Arguments(string script) =>
    [
        "-NoProfile", "-NonInteractive",
        "-Command", $"Import-Module '{WarmModule.Metadata("ModuleManifest")}'; {script}",
    ];
}
