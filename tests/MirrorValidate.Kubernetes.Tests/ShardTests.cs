using System.Text.Json;
using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;
using MirrorValidate.Tests.Processes;

namespace MirrorValidate.Kubernetes.Tests;

/// <summary>What the pods do, all of them at once, and the report after them.</summary>
public sealed class ShardTests : IAsyncLifetime
{
    private const int Images = 24;

    private static readonly int _shards = Manifests.Check.Spec.Completions!.Value;

    private EmbeddedRegistry _registry = null!;
    private Cluster _cluster = null!;

    public async Task InitializeAsync()
    {
        _registry = await EmbeddedRegistry.StartAsync();
        for (int number = 1; number <= Images; number++)
        {
            BuiltManifest image = SampleImages.OciIndex($"{number}");
            image.PutInto(_registry.Store, $"library/app{number}", "v1");
            image.PutInto(_registry.Store, $"mirror/app{number}", "v1");
        }

        string host = _registry.Host;
        _cluster = await Cluster.StartAsync(
            Enumerable.Range(1, Images).Select(number => $"{host}/library/app{number} {host}/mirror/app{number} v1"));
    }

    public async Task DisposeAsync()
    {
        await _cluster.DisposeAsync();
        await _registry.DisposeAsync();
    }

    [Fact]
    public async Task The_shards_of_all_pods_are_the_whole_list()
    {
        ProcessOutput[] pods = await RunAllAsync(Enumerable.Range(0, _shards));
        Assert.All(pods, pod => Assert.Equal((0, ""), (pod.ExitCode, pod.Error)));
        int[] ids = [.. Directory.EnumerateFiles(_cluster.Results, "shard-*.jsonl").SelectMany(File.ReadLines)
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetInt32())];
        Assert.Equal(Enumerable.Range(1, Images), ids.Order());

        ProcessOutput report = await _cluster.RunAsync(Manifests.Report);
        Assert.Equal((0, ""), (report.ExitCode, report.Error));
        Assert.Contains($"| {Images} | 0 | 0 | {Images} |", report.Lines);
        string page = await File.ReadAllTextAsync(Path.Combine(_cluster.Results, "report.html"));
        Assert.Contains("The mirror is right", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_that_differs_is_the_reports_verdict_and_no_failed_pod()
    {
        SampleImages.OciIndex("stale").PutInto(_registry.Store, "mirror/app7", "v1");
        ProcessOutput[] pods = await RunAllAsync(Enumerable.Range(0, _shards));
        Assert.All(pods, pod => Assert.Equal((0, ""), (pod.ExitCode, pod.Error)));
        Assert.Single(pods.SelectMany(pod => pod.Lines), line => line.StartsWith("FAILED ", StringComparison.Ordinal));
        Assert.Equal(1, (await _cluster.RunAsync(Manifests.Report)).ExitCode);
    }

    [Fact]
    public async Task A_shard_that_is_missing_is_in_the_report()
    {
        await RunAllAsync(Enumerable.Range(0, _shards - 1));
        ProcessOutput report = await _cluster.RunAsync(Manifests.Report);
        Assert.Equal(2, report.ExitCode);
        Assert.Contains($"shard {_shards}/{_shards} is missing", report.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pod_that_runs_again_asks_only_for_what_has_not_passed()
    {
        Fault outage = _registry.Faults.Add(new Fault { Path = "/v2/library/app*", Status = 403 });
        ProcessOutput first = await RunAsync(index: 0);
        Assert.Equal(2, first.ExitCode);
        _registry.Faults.Remove(outage);
        Assert.Equal(0, (await RunAsync(index: 0)).ExitCode);
        _registry.Requests.Clear();
        Assert.Equal(0, (await RunAsync(index: 0)).ExitCode);
        Assert.Equal(0, _registry.Requests.Count);
    }

    [Theory]
    [InlineData("JOB_COMPLETION_INDEX", "")]
    [InlineData("SHARD_COUNT", "")]
    [InlineData("JOB_COMPLETION_INDEX", "4")]
    [InlineData("LIST_PATH", "/nowhere")]
    public async Task A_pod_that_does_not_know_its_shard_or_list_validates_nothing(string name, string value)
    {
        ProcessOutput pod = await _cluster.RunAsync(Manifests.Check, [("JOB_COMPLETION_INDEX", "0"), (name, value)]);
        Assert.Equal(3, pod.ExitCode);
        Assert.NotEqual("", pod.Error);
        Assert.Equal(0, _registry.Requests.Count);
    }

    private Task<ProcessOutput[]> RunAllAsync(IEnumerable<int> indexes) => Task.WhenAll(indexes.Select(RunAsync));

    private Task<ProcessOutput> RunAsync(int index) =>
        _cluster.RunAsync(Manifests.Check, ("JOB_COMPLETION_INDEX", $"{index}"));
}
