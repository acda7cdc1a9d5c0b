using System.Management.Automation;
using MirrorValidate.PowerShell.Tests.Hosting;

namespace MirrorValidate.PowerShell.Tests.TestMirrorImage;

/// <summary>What it asks on its host, and what it shows there.</summary>
public sealed class InteractiveTests : ModuleTest
{
    [Fact]
    public void It_asks_for_lines_and_validates_each_before_it_asks_for_the_next()
    {
        string stale = Stale();
        var host = new TypingHost(Right(), "# comment", stale, "nonsense typed here", "", Right("never"));
        using var shell = new ModuleRunspace(host);
        Outcome outcome = shell.Run("Test-MirrorImage -j 20");
        Assert.Equal(["Passed", "Failed", "Error"], outcome.Output.Select(result => result.Text("Status")));
        Assert.Equal(["1", "3", "4"], outcome.Output.Select(result => result.Text("LineNumber")));
        Assert.Equal(string.Concat(Enumerable.Repeat(">>> ", 5)), host.Shown);
        Assert.Equal([stale, "nonsense typed here"], File.ReadAllLines(shell.FilePath("mirror-validate-failed.txt")));
    }

    [Fact]
    public void The_end_of_input_ends_it()
    {
        var host = new TypingHost(Right(), null, Right("never"));
        using var shell = new ModuleRunspace(host);
        Assert.Equal("Passed", shell.Run("Test-MirrorImage").Text("Status"));
    }

    [Fact]
    public void The_seed_line_works()
    {
        Right("hello-world");
        using var shell = new ModuleRunspace(new TypingHost("library/hello-world mirror/hello-world v1"));
        Assert.Equal("Passed", shell.Run($"mirror-validate {Override}").Text("Status"));
    }

    [Fact]
    public void A_host_that_cannot_ask_is_an_error_and_not_a_hang()
    {
        Outcome outcome = Shell.Run("Test-MirrorImage");
        ErrorRecord error = Assert.IsAssignableFrom<RuntimeException>(outcome.Terminating).ErrorRecord;
        Assert.Equal("NoInput,MirrorValidate.PowerShell.Commands.TestMirrorImageCommand", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.InvalidArgument, error.CategoryInfo.Category);
        Assert.Contains("-Path", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Shell.Directory));
    }

    [Fact]
    public void The_summary_is_shown_only_where_it_is_asked_for()
    {
        var host = new TypingHost();
        using var shell = new ModuleRunspace(host);
        shell.Run("Test-MirrorImage -ProgressAction Ignore", Right());
        Assert.Empty(host.Shown);
        shell.Run("Test-MirrorImage -ProgressAction Ignore -InformationAction Continue", Right());
        Assert.StartsWith("1 passed, 0 failed, 0 errors in ", host.Shown, StringComparison.Ordinal);
    }
}
