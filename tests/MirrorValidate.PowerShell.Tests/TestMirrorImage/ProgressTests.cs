using System.Management.Automation;
using MirrorValidate.Embedded;
using MirrorValidate.PowerShell.Tests.Hosting;

namespace MirrorValidate.PowerShell.Tests.TestMirrorImage;

/// <summary>One bar, taken away in every ending.</summary>
public sealed class ProgressTests : ModuleTest
{
    private readonly TypingHost _host = new();

    [Fact]
    public void A_run_over_a_file_tells_how_far_it_is()
    {
        using ModuleRunspace shell = CreateShell();
        Registries.Source.Options.Latency = TimeSpan.FromMilliseconds(250);
        string list = shell.WriteFile("list.txt", "# comment", Right("a"), "unreadable", Stale("b"), Right("c"));
        shell.Run($"Test-MirrorImage -f {list}");
        Assert.Equal("0 of 4: 0 passed, 0 failed, 0 errors; 0.0/s", Started(_host.Progress[0]));
        // Which counts are shown depends on when they come; each that is shown is told whole.
        Assert.All(_host.Progress.SkipLast(1), record => Assert.Matches(@"^[0-4] of 4: [0-2] passed, [01] failed, [01] errors?; [0-9.]+/s$", record.StatusDescription));
        Assert.Contains(_host.Progress, record => record.PercentComplete is 25 or 50 or 75 or 100 && record.SecondsRemaining >= 0);
        Assert.All(_host.Progress.SkipLast(1), record => Assert.Equal(ProgressRecordType.Processing, record.RecordType));
        Assert.Equal(ProgressRecordType.Completed, _host.Progress[^1].RecordType);
        Assert.Single(_host.Progress.Select(record => (record.Activity, record.ActivityId)).Distinct());
    }

    [Fact]
    public void A_run_over_piped_lines_has_no_total()
    {
        using ModuleRunspace shell = CreateShell();
        shell.Run("Test-MirrorImage", Right("a"), Right("b"));
        Assert.StartsWith("0: ", _host.Progress[0].StatusDescription, StringComparison.Ordinal);
        Assert.All(_host.Progress, record => Assert.Equal((-1, -1), (record.PercentComplete, record.SecondsRemaining)));
        Assert.Equal(ProgressRecordType.Completed, _host.Progress[^1].RecordType);
    }

    [Fact]
    public async Task It_tells_how_many_pulls_are_left_and_until_when_the_run_waits_for_more()
    {
        using ModuleRunspace shell = CreateShell();
        var limit = new PullRateLimit { Limit = 0, RetryAfter = TimeSpan.FromSeconds(6) };
        Registries.Source.Options.PullRateLimit = limit;
        string list = shell.WriteFile("list.txt", Right("a"), Right("b"));
        Task<Outcome> run = Task.Run(() => shell.Run($"Test-MirrorImage -f {list} -TimeoutSec 5"));
        await Patience.UntilAsync(
            () => _host.Progress.ToArray().Any(
                record => record.StatusDescription.Contains("; waiting until ", StringComparison.Ordinal)),
            "the wait");
        limit.Reset(100);
        Assert.Equal(["Passed", "Passed"], (await run).Output.Select(item => item.Text("Status")));
        string left = $"{Registries.Source.Host}: 0 of 0 pulls left in 6 h";
        Assert.Contains(
            _host.Progress, record => record.StatusDescription.EndsWith(left, StringComparison.Ordinal));
    }

    [Fact]
    public void It_is_renewed_rarely()
    {
        using ModuleRunspace shell = CreateShell();
        string list = shell.WriteFile("list.txt", [.. Enumerable.Repeat("unreadable", 5000)]);
        double seconds = shell.Run($"Test-MirrorImage -f {list} -j 20 -ErrorAction Ignore -InformationVariable end | Out-Null; $end[0].MessageData.Duration.TotalSeconds")
            .Output.Select(item => (double)item.BaseObject).Single();
        // One at the start, at most five in each second, one for the end.
        Assert.InRange(_host.Progress.Count, 2, (seconds * 5) + 3);
    }

    [Theory]
    [InlineData("$ProgressPreference = 'SilentlyContinue'; Test-MirrorImage -f list.txt")]
    [InlineData("Test-MirrorImage -f list.txt -ProgressAction SilentlyContinue")]
    [InlineData("Test-MirrorImage -f list.txt -ProgressAction Ignore")]
    public void Preferences_turn_it_off(string script)
    {
        using ModuleRunspace shell = CreateShell();
        shell.WriteFile("list.txt", Right());
        Assert.Equal("Passed", shell.Run(script).Text("Status"));
        Assert.Empty(_host.Progress);
    }

    [Theory]
    [InlineData("Test-MirrorImage -f list.txt -j 5 | Select-Object -First 1")]
    [InlineData("Test-MirrorImage -f list.txt -j 5 | ForEach-Object { throw 'enough' }")]
    [InlineData("Test-MirrorImage -f list.txt -j 5 -ErrorAction Stop")]
    public void It_is_taken_away_where_the_pipeline_is_cut_short(string script)
    {
        using ModuleRunspace shell = CreateShell();
        Registries.Source.Faults.Add(new Fault { Path = "/v2/library/hanging/*", HangForever = true });
        shell.WriteFile("list.txt", Right("a"), Unknown("b"), Right("hanging"));
        shell.Run(script);
        Assert.Equal(ProgressRecordType.Completed, _host.Progress[^1].RecordType);
        Assert.Single(_host.Progress, record => record.RecordType == ProgressRecordType.Completed);
    }

    [Fact]
    public void There_is_none_while_lines_are_typed()
    {
        var host = new TypingHost(Right("a"), Right("b"));
        using var shell = new ModuleRunspace(host);
        shell.Run("Test-MirrorImage");
        Assert.Empty(host.Progress);
    }

    private static string Started(ProgressRecord record) =>
        System.Text.RegularExpressions.Regex.Replace(record.StatusDescription, @"\d+\.\d/s", "0.0/s");

    private ModuleRunspace CreateShell() => new(_host);
}
