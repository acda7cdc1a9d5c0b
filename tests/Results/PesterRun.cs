using System.Text.Json;
using MirrorValidate.Tests.Processes;

namespace MirrorValidate.Tests.Results;

/// <summary>A run of the whole Pester suite in a pwsh process.</summary>
/// <param name="Results">The result of each test.</param>
/// <param name="ExitCode">0 if every file could be read and no test failed.</param>
/// <param name="Output">What Pester printed.</param>
internal sealed record PesterRun(IReadOnlyList<TestResult> Results, int ExitCode, string Output)
{
    /// <summary>The script that runs the suite.</summary>
    internal static string Script => Path.Combine(Folder, "Invoke-Suite.ps1");

    private static string Folder { get; } = Path.Combine(BuildValues.RepositoryRoot, "tests", "Pester");

    /// <summary>Runs the suite.</summary>
    /// <param name="run">Runs <see cref="Script"/> with the file for its results.</param>
    internal static async Task<PesterRun> StartAsync(Func<string, Task<ProcessOutput>> run)
    {
        string results = Path.GetTempFileName();
        try
        {
            ProcessOutput output = await run(results);
            string text = await File.ReadAllTextAsync(results);
            return new PesterRun(
                text.Length == 0 ? [] : JsonSerializer.Deserialize<TestResult[]>(text)!,
                output.ExitCode,
                output.Output + output.Error);
        }
        finally
        {
            File.Delete(results);
        }
    }

    /// <summary>
    /// Fails unless every file of the suite could be read and the exit code tells whether a test failed.
    /// </summary>
    internal void CheckWhole()
    {
        bool isGood = Results.All(test => test.Result is "Passed" or "Skipped");
        Assert.True(ExitCode == (isGood ? 0 : 1), Output);
        string[] files = [.. Directory.GetFiles(Folder, "*.Tests.ps1").Select(path => Path.GetFileName(path)!)];
        Assert.Equal(
            files.Order(StringComparer.Ordinal),
            Results.Select(test => test.File).Distinct().Order(StringComparer.Ordinal));
    }
}
