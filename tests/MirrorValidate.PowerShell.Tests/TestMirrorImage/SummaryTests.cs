using System.Management.Automation;
using System.Text.RegularExpressions;
using MirrorValidate.PowerShell.Tests.Hosting;

namespace MirrorValidate.PowerShell.Tests.TestMirrorImage;

/// <summary>After the last result one information record says what became of the run.</summary>
public sealed partial class SummaryTests : ModuleTest
{
    [Fact]
    public void It_counts_and_names_the_failed_list()
    {
        Outcome outcome = Shell.Run("Test-MirrorImage -j 4", Right("a"), Right("b"), Stale("c"), Unknown("d"));
        InformationRecord record = Assert.Single(outcome.Information);
        Assert.Equal(["MirrorValidate.Summary"], record.Tags);
        Assert.Matches(Sentence(), record.ToString());
        Assert.StartsWith("2 passed, 1 failed, 1 error in ", record.ToString(), StringComparison.Ordinal);
        Assert.EndsWith($"; failed list: {Shell.FilePath("mirror-validate-failed.txt")}", record.ToString(), StringComparison.Ordinal);
        var summary = PSObject.AsPSObject(record.MessageData);
        Assert.Equal((2, 1, 1), (summary.Value("Passed"), summary.Value("Failed"), summary.Value("Errors")));
        Assert.Equal(Shell.FilePath("mirror-validate-failed.txt"), summary.Text("FailedListPath"));
    }

    [Theory]
    [InlineData("Test-MirrorImage")]
    [InlineData("Test-MirrorImage -NoFailedList")]
    public void It_names_no_failed_list_where_there_is_none(string command)
    {
        string line = command.EndsWith("List", StringComparison.Ordinal) ? Stale() : Right();
        Assert.Matches(@"\A\d passed, \d failed, 0 errors in \d+\.\d s\z", Assert.Single(Shell.Run(command, line).Information).ToString());
    }

    [Fact]
    public void It_is_silent_unless_it_is_asked_for()
    {
        var host = new TypingHost();
        using var shell = new ModuleRunspace(host);
        shell.Run("Test-MirrorImage -ProgressAction Ignore", Right());
        Assert.Empty(host.Shown);
        shell.Run("Test-MirrorImage -ProgressAction Ignore -InformationAction Continue", Right());
        Assert.StartsWith("1 passed, 0 failed, 0 errors in ", host.Shown, StringComparison.Ordinal);
    }

    [Fact]
    public void The_log_has_it_as_its_last_line()
    {
        Outcome outcome = Shell.Run("Test-MirrorImage -Verbose", Right(), Stale());
        Assert.Matches(@"\A\d\d:\d\d:\d\d \[INFO\] 1 passed, 1 failed, 0 errors in \d+\.\d s; failed list: ", outcome.Verbose[^1]);
    }

    [Fact]
    public void It_comes_after_the_last_result_and_with_Quiet_too()
    {
        Outcome outcome = Shell.Run("Test-MirrorImage 6>&1", Right(), Stale());
        Assert.Equal(["Passed", "Failed"], outcome.Output.Take(2).Select(result => result.Text("Status")));
        Assert.IsType<InformationRecord>(outcome.Output[2].BaseObject);
        Assert.Single(Shell.Run("Test-MirrorImage -Quiet", Right()).Information);
    }

    [GeneratedRegex(@"\A\d+ passed, \d+ failed, \d+ errors? in \d+\.\d s; failed list: \S+\z")]
    private static partial Regex Sentence();
}
