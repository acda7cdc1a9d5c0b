using MirrorValidate.Embedded;
using MirrorValidate.PowerShell.Tests.Hosting;

namespace MirrorValidate.PowerShell.Tests.TestMirrorImage;

/// <summary>What the failed list names is never lost.</summary>
public sealed class FailedListTests : ModuleTest
{
    private const string Default = "mirror-validate-failed.txt";

    [Fact]
    public void It_has_the_lines_as_read_in_list_order()
    {
        string[] lines = [Stale("a") + "   # a comment", Right("b"), "\t" + Unknown("c"), "unreadable", Missing("d").Replace(' ', '\t'), Right("e"), "x y # z"];
        string list = Shell.WriteFile("list.txt", lines);
        // The first that fails is the last to be known.
        Registries.Source.Faults.Add(new Fault { Path = "/v2/library/a/*", Delay = TimeSpan.FromMilliseconds(400) });
        Outcome outcome = Shell.Run($"Test-MirrorImage -f {list} -j 20");
        Assert.NotEqual("1", outcome.Output[0].Text("Id"));
        Assert.Equal([lines[0], lines[2], lines[3], lines[4], lines[6]], File.ReadAllLines(Shell.FilePath(Default)));
        Assert.Equal(["list.txt", Default], FileNames());
    }

    [Fact]
    public void It_is_a_list_again()
    {
        Shell.Run("Test-MirrorImage", Stale("a"), Right("b"), Missing("c"));
        Right("a");
        Outcome again = Shell.Run($"Test-MirrorImage -f {Default} -PreserveOrder");
        Assert.Equal(["Passed", "Failed"], again.Output.Select(result => result.Text("Status")));
        Assert.EndsWith("/c", Shell.Run($"Test-MirrorImage -f {Default}").Text("Source"), StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_UTF8_without_byte_order_mark_and_with_LF()
    {
        Shell.Run("Test-MirrorImage", "größe ist falsch");
        Assert.Equal("größe ist falsch\n"u8.ToArray(), File.ReadAllBytes(Shell.FilePath(Default)));
    }

    [Fact]
    public void It_is_absent_when_all_passed()
    {
        Shell.Run("Test-MirrorImage", Right());
        Assert.Empty(FileNames());
    }

    [Fact]
    public void An_old_one_goes_when_all_passed()
    {
        Shell.WriteFile(Default, "old");
        Shell.Run("Test-MirrorImage", Right());
        Assert.Empty(FileNames());
    }

    [Fact]
    public void None_is_written_where_none_is_wanted()
    {
        Shell.WriteFile(Default, "old");
        Shell.Run("Test-MirrorImage -NoFailedList", Stale());
        Shell.Run($"Test-MirrorImage -o {(OperatingSystem.IsWindows() ? "NUL" : "/dev/null")}", Stale());
        Assert.Equal([Default], FileNames());
        Assert.Equal(["old"], File.ReadAllLines(Shell.FilePath(Default)));
        Assert.True(OperatingSystem.IsWindows() || File.Exists("/dev/null"));
    }

    [Theory]
    [InlineData("Test-MirrorImage -f " + Default)]
    [InlineData("Test-MirrorImage -f list.txt -o ./list.txt", "list.txt")]
    [InlineData("Test-MirrorImage", Default, true)]
    public void One_that_was_the_input_is_emptied_and_not_deleted(string command, string name = Default, bool isPiped = false)
    {
        string path = Shell.WriteFile(name, "# comment", Right());
        Assert.Equal("Passed", Shell.Run(command, isPiped ? ListLines.GetContent(path) : []).Text("Status"));
        Assert.Equal([name], FileNames());
        Assert.Equal(0, new FileInfo(path).Length);
    }

    [Fact]
    public void One_that_was_the_input_keeps_what_still_fails()
    {
        string stale = Stale();
        Shell.WriteFile(Default, Right(), stale);
        Shell.Run($"Test-MirrorImage -f {Default} -o {Default}");
        Assert.Equal([stale], File.ReadAllLines(Shell.FilePath(Default)));
    }

    [Theory]
    [InlineData("Test-MirrorImage -f missing.txt")]
    [InlineData("Test-MirrorImage -f empty.txt")]
    [InlineData("@() | Test-MirrorImage")]
    public void A_run_over_nothing_leaves_it_as_it_was(string command)
    {
        Shell.WriteFile(Default, "old");
        Shell.WriteFile("empty.txt", "# nothing");
        Shell.Run(command);
        Assert.Equal(["old"], File.ReadAllLines(Shell.FilePath(Default)));
        Assert.Equal(["empty.txt", Default], FileNames());
    }

    [Fact]
    public async Task What_failed_so_far_is_in_the_partial_file_and_the_old_one_whole()
    {
        Shell.WriteFile(Default, "old");
        string[] lines = [Stale("a"), Right("b"), Missing("c"), Right("d"), Right("hanging")];
        string list = Shell.WriteFile("list.txt", lines);
        Registries.Source.Faults.Add(new Fault { Path = "/v2/library/hanging/*", HangForever = true });
        using RunningScript script = Shell.Start($"Test-MirrorImage -f {list}");
        await Eventually.HoldsAsync(() => script.Output.Count == 4, "four results");
        Assert.Equal([lines[0], lines[2]], ReadShared(Default + ".partial"));
        Assert.Equal(["old"], File.ReadAllLines(Shell.FilePath(Default)));
        await script.StopAsync();
        Assert.Equal([lines[0], lines[2]], ReadShared(Default + ".partial"));
        Assert.Equal(["old"], File.ReadAllLines(Shell.FilePath(Default)));
    }

    [Fact]
    public async Task A_stop_before_anything_failed_leaves_nothing_behind()
    {
        string list = Shell.WriteFile("list.txt", Right("hanging"));
        Registries.Source.Faults.Add(new Fault { HangForever = true });
        using RunningScript script = Shell.Start($"Test-MirrorImage -f {list}");
        await Eventually.HoldsAsync(() => Registries.Source.Requests.Concurrency > 0, "a request");
        await script.StopAsync();
        Assert.Equal(["list.txt"], FileNames());
    }

    [Fact]
    public void What_a_run_that_was_cut_short_had_found_is_not_lost_to_the_next_one()
    {
        Shell.WriteFile(Default + ".partial", "found before");
        Outcome outcome = Shell.Run("Test-MirrorImage", Stale());
        Assert.Equal(["found before"], File.ReadAllLines(Shell.FilePath(Default + ".partial.old")));
        Assert.Contains(Default + ".partial.old", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
        Assert.Equal([Default, Default + ".partial.old"], FileNames());
    }

    [Fact]
    public void What_a_run_that_was_cut_short_had_found_may_be_the_next_list()
    {
        string stale = Stale();
        Shell.WriteFile(Default + ".partial", stale, Right());
        Outcome outcome = Shell.Run($"Test-MirrorImage -f {Default}.partial -PreserveOrder");
        Assert.Equal(["Failed", "Passed"], outcome.Output.Select(result => result.Text("Status")));
        Assert.Empty(outcome.Errors);
        Assert.Equal([stale], File.ReadAllLines(Shell.FilePath(Default)));
    }

    [Fact]
    public async Task Two_runs_at_once_do_not_take_each_others_list()
    {
        string stale = Stale();
        string list = Shell.WriteFile("list.txt", stale, Right("hanging"));
        Fault fault = Registries.Source.Faults.Add(new Fault { Path = "/v2/library/hanging/*", HangForever = true });
        using RunningScript first = Shell.Start($"Test-MirrorImage -f {list}");
        await Eventually.HoldsAsync(() => fault.Hits > 0, "the first run");
        using var other = new ModuleRunspace();
        Outcome second = other.Run($"Test-MirrorImage -o {Shell.FilePath(Default)}", Missing());
        Assert.Contains("mirror-validate-failed.2.txt", Assert.Single(second.Warnings), StringComparison.Ordinal);
        Assert.EndsWith("/missing v1", Assert.Single(File.ReadAllLines(Shell.FilePath("mirror-validate-failed.2.txt"))), StringComparison.Ordinal);
        Assert.Equal([stale], ReadShared(Default + ".partial"));
        await first.StopAsync();
    }

    [Fact]
    public void The_default_one_goes_to_the_file_system_wherever_the_session_is()
    {
        Shell.Run("$null = $ExecutionContext.SessionState.Path.SetLocation('Env:')");
        Shell.Run("Test-MirrorImage -InputObject 'x y'");
        Assert.Equal(["x y"], File.ReadAllLines(Shell.FilePath(Default)));
    }

    private IEnumerable<string> FileNames() => Directory.GetFiles(Shell.Directory).Select(Path.GetFileName).Order(StringComparer.Ordinal)!;

    private string[] ReadShared(string name)
    {
        using var stream = new FileStream(Shell.FilePath(name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
