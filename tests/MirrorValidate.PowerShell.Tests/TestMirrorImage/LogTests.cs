using System.Management.Automation;
using System.Text.RegularExpressions;
using MirrorValidate.PowerShell.Tests.Hosting;

namespace MirrorValidate.PowerShell.Tests.TestMirrorImage;

/// <summary>The log of many workers, in PowerShell's streams and in a file.</summary>
public sealed partial class LogTests : ModuleTest
{
    [Fact]
    public void Each_line_has_time_level_and_entry()
    {
        Outcome outcome = Shell.Run("Test-MirrorImage -Verbose -Debug -j 3", Right(), Stale(), Missing(), Unknown(), "an unreadable list line");
        Assert.All(outcome.Verbose.SkipLast(1), line => Assert.Matches(VerboseLine(), line));
        Assert.All(outcome.Debug, line => Assert.Matches(DebugLine(), line));
        Assert.Equal(["1", "2", "3", "4", "5"], outcome.Verbose.SkipLast(1).Select(line => Id().Match(line).Groups[1].Value).Distinct().Order());
        Assert.Empty(outcome.Warnings);
        Assert.Equal(2, outcome.Errors.Count);
    }

    [Fact]
    public async Task Many_workers_of_several_runs_write_whole_lines()
    {
        using var other = new ModuleRunspace();
        string[] lines = [.. Enumerable.Range(0, 100).Select(number => Stale($"image{number % 5}"))];
        await Task.WhenAll(
            Task.Run(() => Shell.Run("Test-MirrorImage -LogPath run.log -j 20", lines)),
            Task.Run(() => other.Run($"Test-MirrorImage -LogPath '{Shell.FilePath("run.log")}' -j 20", lines)));
        string[] log = File.ReadAllLines(Shell.FilePath("run.log"));
        Assert.All(log, line => Assert.Matches(FileLine(), line));
        Assert.Equal(200, log.Count(line => line.Contains(" FAILED [", StringComparison.Ordinal)));
        Assert.Equal(200, log.Count(line => line.Contains(" srcSpec: [{", StringComparison.Ordinal)));
        Assert.Equal(2, log.Count(line => line.Contains(" 0 passed, 100 failed", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("missing-folder/run.log")]
    [InlineData(".")]
    [InlineData("Env:log")]
    public void A_place_where_it_cannot_be_ends_the_run_before_it_begins(string path)
    {
        Outcome outcome = Shell.Run($"Test-MirrorImage -LogPath {path}", Right());
        ErrorRecord error = Assert.IsAssignableFrom<RuntimeException>(outcome.Terminating).ErrorRecord;
        Assert.Equal("LogUnwritable,MirrorValidate.PowerShell.Commands.TestMirrorImageCommand", error.FullyQualifiedErrorId);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
        Assert.Equal(0, Registries.Source.Requests.Count);
    }

    [GeneratedRegex(@"\A\d\d:\d\d:\d\d \[(INFO|WARN|ERRO)\] \[M_ID:\d+\] \S")]
    private static partial Regex VerboseLine();

    [GeneratedRegex(@"\A\d\d:\d\d:\d\d \[DEBU\] \[M_ID:\d+\] \S")]
    private static partial Regex DebugLine();

    [GeneratedRegex(@"M_ID:(\d+)")]
    private static partial Regex Id();

    [GeneratedRegex(@"\A\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \[(DEBU|INFO|WARN|ERRO)\] \S")]
    private static partial Regex FileLine();
}
