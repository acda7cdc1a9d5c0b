using System.Diagnostics;
using System.Text.Json;
using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;
using MirrorValidate.Tests.Processes;

namespace MirrorValidate.RealRegistry.Tests.Machines;

/// <summary>
/// The runbook for several machines, over SSH. Each machine has a destination registry of its own, so that a result
/// tells which machine it is from, and so that the test holds one machine up and not the other.
/// </summary>
public sealed class FleetTests : IAsyncLifetime
{
    private const int Images = 20;

    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private EmbeddedRegistry _source = null!;
    private EmbeddedRegistry _first = null!;
    private EmbeddedRegistry _second = null!;

    public async Task InitializeAsync()
    {
        _source = await EmbeddedRegistry.StartAsync();
        _first = await EmbeddedRegistry.StartAsync();
        _second = await EmbeddedRegistry.StartAsync();
        for (int number = 1; number <= Images; number++)
        {
            BuiltManifest image = SampleImages.OciIndex($"{number}");
            image.PutInto(_source.Store, $"library/app{number}", "v1");
            image.PutInto(_first.Store, $"mirror/app{number}", "v1");
        }
    }

    public async Task DisposeAsync()
    {
        _release.TrySetResult();
        await _source.DisposeAsync();
        await _first.DisposeAsync();
        await _second.DisposeAsync();
    }

    [SshFact]
    public Task What_a_lost_machine_has_left_is_done_by_another() =>
        LoseAsync(machine => machine.KillSessionsAsync());

    [SshFact]
    public Task What_a_machine_that_no_longer_answers_has_left_is_done_by_another() =>
        LoseAsync(machine => machine.FreezeSessionsAsync(), "ServerAliveInterval = '1'; ServerAliveCountMax = '5'");

    [SshFact]
    public async Task Without_a_machine_left_nothing_looks_complete()
    {
        await using Fleet fleet = await StartAsync();
        Task[] holds = [Hold(_first), Hold(_second)];

        await using DotNetProcess run = fleet.Run(List(), $"-HostName {fleet.HostNames} {fleet.Connection} -Parameter @{{ ThrottleLimit = 1 }}");
        await Task.WhenAll(holds);
        await fleet.HasResultsAsync(2);
        foreach (SshMachine machine in fleet.Machines) await machine.KillSessionsAsync();
        ProcessOutput output = await run.EndAsync();

        Assert.Equal(2, output.ExitCode);
        Assert.Equal($"1 passed, 1 failed, 0 not compared, {Images - 2} not validated", output.Lines[^1]);
        Assert.Contains($"No machine was left for {Images - 2} of {Images} images", output.Error, StringComparison.Ordinal);
        JsonElement report = fleet.ReadReport();
        Assert.Equal(2, report.GetProperty("results").GetArrayLength());
        Assert.Contains("no machine was left", report.GetProperty("unreadLists")[0].GetString(), StringComparison.Ordinal);
    }

    [SshFact]
    public async Task What_the_last_machine_has_left_is_finished_here()
    {
        await using Fleet fleet = await Fleet.StartAsync(Environment(_first));
        Task hold = Hold(_first);
        await using DotNetProcess run = fleet.Run(List(), $"-HostName {fleet.HostNames} {fleet.Connection} -Parameter @{{ ThrottleLimit = 1 }}");
        await hold;
        await fleet.HasResultsAsync(1);
        await fleet.Machines[0].KillSessionsAsync();
        ProcessOutput broken = await run.EndAsync();
        Assert.Equal(2, broken.ExitCode);
        Assert.Equal($"1 passed, 0 failed, 0 not compared, {Images - 1} not validated", broken.Lines[^1]);

        _first.Faults.Clear();
        _first.Requests.Clear();
        ProcessOutput output = await fleet.RunHereAsync("Test-MirrorImage list.txt -ResultPath results.jsonl -Resume -NoFailedList | ForEach-Object Status", Environment(_first));
        Assert.Equal((0, ""), (output.ExitCode, output.Error));
        Assert.Equal(Enumerable.Repeat("Passed", Images - 1), output.Lines);
        string passed = fleet.ReadResults()[0].GetProperty("destination").GetString()!.Split('/')[^1];
        Assert.DoesNotContain(_first.Requests.Snapshot(), request => request.Path.StartsWith($"/v2/mirror/{passed}/", StringComparison.Ordinal));
    }

    [SshFact]
    public async Task A_machine_that_cannot_be_used_is_named_and_left_out()
    {
        await using Fleet fleet = await Fleet.StartAsync(Environment(_first));
        await using DotNetProcess run = fleet.Run(List(), $"-HostName '127.0.0.1:1',{fleet.HostNames},'[::1]:2' {fleet.Connection}");
        ProcessOutput output = await run.EndAsync();

        Assert.Equal((0, ""), (output.ExitCode, output.Error));
        Assert.Contains(output.Lines, line =>
            line.StartsWith("WARNING: 127.0.0.1:1 cannot be used: ", StringComparison.Ordinal)
            && line.EndsWith("Connection refused", StringComparison.Ordinal));
        Assert.Equal($"{Images} passed, 0 failed, 0 not compared, 0 not validated", output.Lines[^1]);
    }

    [SshFact]
    public async Task A_machine_without_the_module_cannot_be_used()
    {
        await using Fleet fleet = await StartAsync();
        await using DotNetProcess run = fleet.Run(List(), $"-HostName {fleet.HostNames} {fleet.Connection}", module: "Nowhere");
        ProcessOutput output = await run.EndAsync();

        Assert.Equal(2, output.ExitCode);
        foreach (SshMachine machine in fleet.Machines)
        {
            Assert.Contains(output.Lines, line =>
                line.StartsWith($"WARNING: {machine.HostName} cannot be used: ", StringComparison.Ordinal)
                && line.Contains("'Nowhere'", StringComparison.Ordinal));
        }

        Assert.Contains($"No machine was left for {Images} of {Images} images", output.Error, StringComparison.Ordinal);
    }

    [SshFact]
    public async Task A_machine_with_another_host_key_is_not_trusted()
    {
        await using Fleet fleet = await StartAsync();
        await using Fleet others = await StartAsync();
        await using DotNetProcess run = fleet.Run(List(), $"-HostName {others.HostNames} {fleet.Connection}");
        ProcessOutput output = await run.EndAsync();

        Assert.Equal(2, output.ExitCode);
        foreach (SshMachine machine in others.Machines)
        {
            Assert.Contains(output.Lines, line =>
                line.StartsWith($"WARNING: {machine.HostName} cannot be used: ", StringComparison.Ordinal)
                && line.EndsWith("Host key verification failed.", StringComparison.Ordinal));
        }

        Assert.Equal(0, _first.Requests.Count);
    }

    [SshFact]
    public async Task Ctrl_C_stops_the_machines()
    {
        await using Fleet fleet = await StartAsync();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _source.Faults.Add(new Fault
        {
            HangForever = true,
            Predicate = context =>
            {
                context.RequestAborted.Register(() => stopped.TrySetResult());
                return asked.TrySetResult() || true;
            },
        });
        await using DotNetProcess run = fleet.Run(List(), $"-HostName {fleet.HostNames} {fleet.Connection}");
        await asked.Task;
        using (Process kill = Process.Start("sh", ["-c", $"kill -INT {run.Id}"])) await kill.WaitForExitAsync();
        await stopped.Task;
        await run.EndAsync();
        Assert.Empty(fleet.ReadResults());
    }

    [SshFact]
    public async Task Credentials_go_over_open_sessions_and_nothing_stays_on_the_machines()
    {
        _source.Options.Authentication = new BasicAuthentication("puller", "s0urce");
        _first.Options.Authentication = new BasicAuthentication("reader", "m1rror");
        await using Fleet fleet = await Fleet.StartAsync(Environment(_first));
        await using DotNetProcess run = fleet.Run(
            List(),
            "-Session $sessions -Parameter @{ j = 4; SourceCred = $puller }",
            $$"""
            $puller = [pscredential]::new('puller', (ConvertTo-SecureString 's0urce' -AsPlainText))
            $env:DEST_USERNAME = 'reader'
            $env:DEST_PASSWORD = 'm1rror'
            $sessions = New-PSSession -HostName {{fleet.HostNames}} {{fleet.Connection}}
            """);
        ProcessOutput output = await run.EndAsync();

        Assert.Equal((0, ""), (output.ExitCode, output.Error));
        string home = fleet.Machines[0].Home;
        Assert.All(
            Directory.EnumerateFiles(home, "*", SearchOption.AllDirectories),
            file => Assert.StartsWith(".cache/powershell/", Path.GetRelativePath(home, file), StringComparison.Ordinal));
    }

    [SshFact]
    public async Task Blobs_of_a_repository_are_read_by_one_machine()
    {
        string[] lines = [.. Enumerable.Range(1, Images).Select(tag => $"source.test/library/app1 mirror.test/mirror/{(tag % 2 == 0 ? "even" : "odd")} v{tag}")];
        for (int tag = 1; tag <= Images; tag++)
        {
            BuiltManifest image = SampleImages.OciIndex("1");
            image.PutInto(_source.Store, "library/app1", $"v{tag}");
            image.PutInto(_first.Store, tag % 2 == 0 ? "mirror/even" : "mirror/odd", $"v{tag}");
        }

        await using Fleet fleet = await Fleet.StartAsync(Environment(_first), Environment(_first));
        await using DotNetProcess run = fleet.Run(lines, $"-HostName {fleet.HostNames} {fleet.Connection} -Parameter @{{ Depth = 'Blob' }}");
        ProcessOutput output = await run.EndAsync();

        Assert.Equal((0, ""), (output.ExitCode, output.Error));
        string[] blobs = [.. _first.Requests.Where(request => request.Path.Contains("/blobs/", StringComparison.Ordinal)).Select(request => request.Path)];
        Assert.NotEmpty(blobs);
        Assert.Equal(blobs.Distinct().Order(), blobs.Order());
    }

    private async Task LoseAsync(Func<SshMachine, Task> lose, string options = "")
    {
        await using Fleet fleet = await StartAsync();
        _first.Faults.Add(new Fault { Until = _release.Task });
        Task hold = Hold(_second);

        await using DotNetProcess run = fleet.Run(
            List(), $"-HostName {fleet.HostNames} {fleet.ConnectionWith(options)} -Parameter @{{ ThrottleLimit = 1 }}");
        string? found = await run.ReadLineAsync();
        Assert.StartsWith("FAILED ", found, StringComparison.Ordinal);
        await hold;
        await lose(fleet.Machines[1]);
        await ReadToAsync(run, $"WARNING: {fleet.Machines[1].HostName} is lost: ");
        _release.SetResult();
        ProcessOutput output = await run.EndAsync();

        Assert.Equal((1, ""), (output.ExitCode, output.Error));
        Assert.Equal([$"{Images - 1} passed, 1 failed, 0 not compared, 0 not validated"], output.Lines);
        IReadOnlyList<JsonElement> results = fleet.ReadResults();
        Assert.Equal(Enumerable.Range(1, Images), results.Select(result => result.GetProperty("id").GetInt32()).Order());
        Assert.Equal(List().Order(), results.Select(result => result.GetProperty("line").GetString()).Order());
        JsonElement fromSecond = Assert.Single(results, result => result.GetProperty("destination").GetString()!.StartsWith(_second.Host, StringComparison.Ordinal));
        Assert.Equal("Failed", fromSecond.GetProperty("status").GetString());
        Assert.Equal(Images, fleet.ReadReport().GetProperty("results").GetArrayLength());
    }

    private static string[] List() =>
        [.. Enumerable.Range(1, Images).Select(number => $"source.test/library/app{number} mirror.test/mirror/app{number} v1")];

    private Task<Fleet> StartAsync() => Fleet.StartAsync(Environment(_first), Environment(_second));

    private Dictionary<string, string> Environment(EmbeddedRegistry destination) => new()
    {
        ["SOURCE_REGISTRY"] = _source.Host,
        ["DEST_REGISTRY"] = destination.Host,
    };

    // Before the warnings are ssh's own words.
    private static async Task ReadToAsync(DotNetProcess run, string start)
    {
        string? line;
        do line = await run.ReadLineAsync();
        while (line?.StartsWith(start, StringComparison.Ordinal) == false);
        Assert.NotNull(line);
    }

    // Answers what is asked of the first image, and nothing of the others. Ends when another is asked for.
    private static Task Hold(EmbeddedRegistry registry)
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        string? first = null;
        registry.Faults.Add(new Fault
        {
            HangForever = true,
            Path = "/v2/mirror/*",
            Predicate = context =>
            {
                string image = context.Request.Path.Value!.Split('/')[3];
                if ((Interlocked.CompareExchange(ref first, image, null) ?? image) == image) return false;
                held.TrySetResult();
                return true;
            },
        });
        return held.Task;
    }
}
