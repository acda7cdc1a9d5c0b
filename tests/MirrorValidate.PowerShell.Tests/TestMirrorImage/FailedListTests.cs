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
        Registries.Source.Faults.Add(new Fault { Path = "/v2/library/a/*", Delay = TimeSpan.FromSeconds(2) });
        Outcome outcome = Shell.Run($"Test-MirrorImage -f {list} -j 20");
        Assert.NotEqual("1", outcome.Output[0].Text("Id"));
        Assert.Equal([lines[0], lines[2], lines[3], lines[4], lines[6]], File.ReadAllLines(Shell.FilePath(Default)));
        Assert.Equal(["list.txt", Default], FileNames());
    }

    [Fact]
    public async Task What_failed_so_far_is_in_the_partial_file_and_the_old_one_whole()
    {
        Shell.WriteFile(Default, "old");
        string[] lines = [Stale("a"), Right("b"), Missing("c"), Right("d"), Right("hanging")];
        string list = Shell.WriteFile("list.txt", lines);
        Registries.Source.Faults.Add(new Fault { Path = "/v2/library/hanging/*", HangForever = true });
        using RunningScript script = Shell.Start($"Test-MirrorImage -f {list}");
        await Patience.UntilAsync(() => script.Output.Count == 4, "four results");
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
        await Patience.UntilAsync(() => Registries.Source.Requests.Concurrency > 0, "a request");
        await script.StopAsync();
        Assert.Equal(["list.txt"], FileNames());
    }

    [Fact]
    public async Task Two_runs_at_once_do_not_take_each_others_list()
    {
        string stale = Stale();
        string list = Shell.WriteFile("list.txt", stale, Right("hanging"));
        Fault fault = Registries.Source.Faults.Add(new Fault { Path = "/v2/library/hanging/*", HangForever = true });
        using RunningScript first = Shell.Start($"Test-MirrorImage -f {list}");
        await Patience.UntilAsync(() => fault.Hits > 0, "the first run");
        using var other = new ModuleRunspace();
        Outcome second = other.Run($"Test-MirrorImage -o {Shell.FilePath(Default)}", Missing());
        Assert.Contains("mirror-validate-failed.2.txt", Assert.Single(second.Warnings), StringComparison.Ordinal);
        Assert.EndsWith("/missing v1", Assert.Single(File.ReadAllLines(Shell.FilePath("mirror-validate-failed.2.txt"))), StringComparison.Ordinal);
        Assert.Equal([stale], ReadShared(Default + ".partial"));
        await first.StopAsync();
    }

    private IEnumerable<string> FileNames() => Directory.GetFiles(Shell.Directory).Select(Path.GetFileName).Order(StringComparer.Ordinal)!;

    private string[] ReadShared(string name)
    {
        using var stream = new FileStream(Shell.FilePath(name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
