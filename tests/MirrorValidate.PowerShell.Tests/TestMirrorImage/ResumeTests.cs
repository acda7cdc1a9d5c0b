using System.Text.Json;
using MirrorValidate.PowerShell.Tests.Hosting;
using MirrorValidate.Tests.Processes;

namespace MirrorValidate.PowerShell.Tests.TestMirrorImage;

/// <summary>A run with a result file that is killed again and again, and resumed until it ends.</summary>
public sealed class ResumeTests : ModuleTest
{
    private const int Kills = 20;
    private const int Entries = 500;

    private string Results => Path.Combine(Shell.Directory, "results.jsonl");

    [Fact]
    public async Task Killed_at_twenty_random_moments_a_run_ends_with_the_results_of_an_undisturbed_one()
    {
        string[] images = [.. Enumerable.Range(0, 40).Select(number => (number % 10) switch
        {
            3 => Stale($"stale{number}"),
            6 => Unknown($"unknown{number}"),
            9 => $"unreadable {number} of many words",
            _ => Right($"right{number}"),
        })];
        // Tags of the same images, so that every line is another entry.
        string[] lines =
            [.. Enumerable.Range(0, Entries).Select(number => $"{images[number % images.Length]} # {number}")];
        string list = Shell.WriteFile("list.txt", lines);
        string command = $"$null = Test-MirrorImage -f '{list}' -j 4 -MaximumRetryCount 0 -ErrorAction Ignore";

        await ModuleProcess.RunAsync(Shell.Directory, $"{command} -o whole.txt -ResultPath whole.jsonl");
        string[] expected = Outcomes(Path.Combine(Shell.Directory, "whole.jsonl"));
        Assert.Equal(Entries, expected.Length);

        command += " -o failed.txt -ResultPath results.jsonl -Resume";
        var random = new Random();
        for (int kill = 1; kill <= Kills; kill++)
        {
            long size = SizeOf(Results);
            long more = random.Next(1, 30_000);
            await using DotNetProcess process = ModuleProcess.Start(Shell.Directory, command);
            await Patience.UntilAsync(() => SizeOf(Results) >= size + more || process.HasEnded, "more results");
        }

        ProcessOutput end = await ModuleProcess.RunAsync(Shell.Directory, command);
        Assert.Empty(end.Error);
        Assert.False(File.Exists(Results + ".unfinished"));
        Assert.Equal(expected, Outcomes(Results));
        Assert.Equal(
            File.ReadAllLines(Path.Combine(Shell.Directory, "whole.txt")),
            File.ReadAllLines(Path.Combine(Shell.Directory, "failed.txt")));
    }

    // The last outcome of each line; every line must be a whole result.
    private static string[] Outcomes(string path)
    {
        var outcomes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string line in File.ReadAllLines(path))
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement result = document.RootElement;
            string entry = result.GetProperty("line").GetString()!;
            outcomes[entry] = $"{entry}: {result.GetProperty("status")} {result.GetProperty("reason")}";
        }

        return [.. outcomes.Values.Order(StringComparer.Ordinal)];
    }

    private static long SizeOf(string path) => new FileInfo(path) is { Exists: true, Length: var length } ? length : 0;
}
