using System.Text.Json;
using MirrorValidate.Tests.Processes;

namespace MirrorValidate.Pester.Tests;

/// <summary>A run of the whole Pester suite in a pwsh process.</summary>
/// <param name="Results">The result of each test.</param>
/// <param name="ExitCode">0 if every file could be read and no test failed.</param>
/// <param name="Output">What Pester printed.</param>
internal sealed record PesterRun(IReadOnlyList<PesterResult> Results, int ExitCode, string Output)
{
    /// <summary>The folder of the suite.</summary>
    internal static string Folder { get; } = Path.Combine(BuildValues.RepositoryRoot, "tests", "Pester");

    /// <summary>Runs the suite.</summary>
    internal static async Task<PesterRun> StartAsync()
    {
        string results = Path.GetTempFileName();
        try
        {
            string suite = Path.Combine(Folder, "Invoke-Suite.ps1");
            await using DotNetProcess pwsh = DotNetProcess.Start(
                BuildValues.Pwsh, ["-NoProfile", "-NonInteractive", "-File", suite, "-ResultPath", results]);
            ProcessOutput output = await pwsh.EndInputAsync();
            string text = await File.ReadAllTextAsync(results);
            return new PesterRun(
                text.Length == 0 ? [] : JsonSerializer.Deserialize<PesterResult[]>(text)!,
                output.ExitCode,
                output.Output + output.Error);
        }
        finally
        {
            File.Delete(results);
        }
    }
}
