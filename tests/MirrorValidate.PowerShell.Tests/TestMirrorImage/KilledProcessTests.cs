using MirrorValidate.Embedded;
using MirrorValidate.PowerShell.Tests.Hosting;
using MirrorValidate.Tests.Processes;

namespace MirrorValidate.PowerShell.Tests.TestMirrorImage;

/// <summary>A process that is killed cannot clean up: what it had found has to be on disk already.</summary>
public sealed class KilledProcessTests : ModuleTest
{
    [Fact]
    public async Task The_old_failed_list_is_whole_and_the_partial_one_has_what_had_failed()
    {
        string failedList = Shell.WriteFile("failed.txt", "from an earlier run");
        (string right, string stale, string unknown) = (Right(), Stale(), Unknown());
        string[] lines = [.. Enumerable.Range(1, 500).Select(number => (number % 10) switch
        {
            3 => $"{stale} # {number}",
            6 => $"{unknown} # {number}",
            9 => $"unreadable # {number}",
            _ => right,
        })];
        lines[399] = Right("hanging");
        string list = Shell.WriteFile("list.txt", lines);
        Fault fault = Registries.Source.Faults.Add(new Fault { Path = "/v2/library/hanging/*", HangForever = true });

        DotNetProcess process = ModuleProcess.Start(Shell.Directory, $"Test-MirrorImage -f '{list}' -o '{failedList}' -ErrorAction Ignore | Out-Null");
        await using (process)
            await Patience.UntilAsync(() => fault.Hits > 0, "the 400th image");

        await Patience.UntilAsync(() => Registries.Source.Requests.Concurrency == 0, "the end of the process");
        Assert.Equal(["from an earlier run"], File.ReadAllLines(failedList));
        Assert.Equal(lines.Take(399).Where(line => line.Contains('#', StringComparison.Ordinal)), File.ReadAllLines(failedList + ".partial"));
    }
}
