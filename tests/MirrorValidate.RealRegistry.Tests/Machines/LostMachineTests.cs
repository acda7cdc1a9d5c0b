using System.Text.Json;
using MirrorValidate.Embedded;
using MirrorValidate.Tests.Processes;

namespace MirrorValidate.RealRegistry.Tests.Machines;

/// <summary>Machines that are lost in the middle of a run.</summary>
public sealed class LostMachineTests : FleetTest
{
    [SshFact]
    public Task What_a_lost_machine_has_left_is_done_by_another() =>
        LoseAsync(machine => machine.KillSessionsAsync());

    [SshFact]
    public Task What_a_machine_that_no_longer_answers_has_left_is_done_by_another() =>
        LoseAsync(machine => machine.FreezeSessionsAsync(), "ServerAliveInterval = '1'; ServerAliveCountMax = '15'");

    [SshFact]
    public async Task Without_a_machine_left_nothing_looks_complete()
    {
        await using Fleet fleet = await StartAsync(First, Second);
        Task[] holds = [HoldAfterOneImage(First), HoldAfterOneImage(Second)];
        await using DotNetProcess run = fleet.Run(List, "-Parameter @{ ThrottleLimit = 1 }");
        await Task.WhenAll(holds);
        await fleet.HasResultsAsync(2);
        foreach (SshMachine machine in fleet.Machines) await machine.KillSessionsAsync();
        ProcessOutput output = await run.EndAsync();

        Assert.Equal(2, output.ExitCode);
        AssertCounts(output, passed: 1, failed: 1, left: Images - 2);
        Assert.Contains(
            $"No machine was left for {Images - 2} of {Images} images", output.Error, StringComparison.Ordinal);
        JsonElement report = fleet.ReadReport();
        Assert.Equal(2, report.GetProperty("results").GetArrayLength());
        Assert.Contains(
            "no machine was left",
            report.GetProperty("unreadLists")[0].GetString(),
            StringComparison.Ordinal);
    }

    [SshFact]
    public async Task What_the_last_machine_has_left_is_finished_here()
    {
        await using Fleet fleet = await StartAsync(First);
        Task hold = HoldAfterOneImage(First);
        await using DotNetProcess run = fleet.Run(List, "-Parameter @{ ThrottleLimit = 1 }");
        await hold;
        await fleet.HasResultsAsync(1);
        await fleet.Machines[0].KillSessionsAsync();
        ProcessOutput broken = await run.EndAsync();
        Assert.Equal(2, broken.ExitCode);
        AssertCounts(broken, passed: 1, left: Images - 1);

        First.Faults.Clear();
        First.Requests.Clear();
        ProcessOutput output = await fleet.RunHereAsync(
            "Test-MirrorImage list.txt -ResultPath results.jsonl -Resume -NoFailedList | ForEach-Object Status",
            VariablesFor(First));
        Assert.Equal((0, ""), (output.ExitCode, output.Error));
        Assert.Equal(Enumerable.Repeat("Passed", Images - 1), output.Lines);
        string passed = fleet.ReadResults()[0].GetProperty("destination").GetString()!.Split('/')[^1];
        Assert.DoesNotContain(
            First.Requests.Snapshot(),
            request => request.Path.StartsWith($"/v2/mirror/{passed}/", StringComparison.Ordinal));
    }

    // The first machine is held up until the second is lost, which has given one result by then.
    private async Task LoseAsync(Func<SshMachine, Task> lose, string options = "")
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using Fleet fleet = await StartAsync(First, Second);
        First.Faults.Add(new Fault { Until = release.Task });
        Task hold = HoldAfterOneImage(Second);
        await using DotNetProcess run = fleet.Run(
            List, $"-Parameter @{{ ThrottleLimit = 1 }}", reach: fleet.ReachWith(options));
        string? found = await run.ReadLineAsync();
        Assert.StartsWith("FAILED ", found, StringComparison.Ordinal);
        await hold;
        await lose(fleet.Machines[1]);
        await ReadToAsync(run, $"WARNING: {fleet.Machines[1].HostName} is lost: ");
        release.SetResult();
        ProcessOutput output = await run.EndAsync();

        Assert.Equal((1, ""), (output.ExitCode, output.Error));
        AssertCounts(output, passed: Images - 1, failed: 1);
        IReadOnlyList<JsonElement> results = fleet.ReadResults();
        Assert.Equal(
            Enumerable.Range(1, Images), results.Select(result => result.GetProperty("id").GetInt32()).Order());
        Assert.Equal(List.Order(), results.Select(result => result.GetProperty("line").GetString()).Order());
        JsonElement ofSecond = Assert.Single(results, result => IsOf(Second, result));
        Assert.Equal("Failed", ofSecond.GetProperty("status").GetString());
        Assert.Equal(Images, fleet.ReadReport().GetProperty("results").GetArrayLength());
    }

    private static bool IsOf(EmbeddedRegistry destination, JsonElement result) =>
        result.GetProperty("destination").GetString()!.StartsWith(destination.Host, StringComparison.Ordinal);

    // Before the warning may be ssh's own words.
    private static async Task ReadToAsync(DotNetProcess run, string start)
    {
        string? line;
        do line = await run.ReadLineAsync();
        while (line?.StartsWith(start, StringComparison.Ordinal) == false);
        Assert.NotNull(line);
    }
}
