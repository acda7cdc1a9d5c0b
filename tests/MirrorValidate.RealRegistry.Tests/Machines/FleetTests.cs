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
    public async Task What_a_lost_machine_has_left_is_done_by_another()
    {
        await using Fleet fleet = await StartAsync();
        _first.Faults.Add(new Fault { Until = _release.Task });
        Task hold = Hold(_second);

        await using DotNetProcess run = fleet.Run(List(), $"-HostName {fleet.HostNames} {fleet.Connection} -Parameter @{{ ThrottleLimit = 1 }}");
        string? found = await run.ReadLineAsync();
        Assert.StartsWith("FAILED ", found, StringComparison.Ordinal);
        await hold;
        fleet.Machines[1].KillSessions();
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
