using MirrorValidate.Embedded.Images;
using MirrorValidate.RealRegistry.Tests.Fixtures;
using MirrorValidate.RealRegistry.Tests.Mirroring;
using MirrorValidate.Tests.Processes;

namespace MirrorValidate.RealRegistry.Tests.EndToEnd;

/// <summary>The runbooks that use skopeo, run in pwsh with the real one.</summary>
public sealed class RunbookTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private RegistryPair _registries = null!;

    public async Task InitializeAsync()
    {
        if (RealBinaries.SkipReason is not null) return;
        _registries = await RegistryPair.StartAsync();
        await _registries.AddAsync(SampleImages.DockerList("good"), "good");
        await _registries.AddAsync(SampleImages.DockerList("old"), "stale");
        await _registries.PushAsync(SampleImages.DockerList("new"), "stale");
        await _registries.PushAsync(SampleImages.OciIndex("absent"), "absent");
        await _registries.PushAsync(SampleImages.Image("single"), "single");
        Directory.CreateDirectory(_directory[".config/containers"]);
        await File.WriteAllTextAsync(_directory[".config/containers/policy.json"], """{ "default": [ { "type": "insecureAcceptAnything" } ] }""");
        await File.WriteAllTextAsync(_directory["registries.conf"], "");
        await File.WriteAllTextAsync(_directory["auth.json"], "{}");
    }

    public async Task DisposeAsync()
    {
        if (_registries is not null) await _registries.DisposeAsync();
    }

    public void Dispose() => _directory.Dispose();

    [RealRegistryFact]
    public async Task The_gate_passes_what_skopeo_sync_has_copied_and_fails_what_has_changed_since()
    {
        string repository = $"{_registries.Source.Host}/library/good";
        string destination = $"{_registries.Destination.Host}/synced";
        await Skopeo.SyncRepositoryAsync(repository, destination);
        string call = $"-Repository {repository} -Destination {destination} -InsecureRegistry {_registries.Source.Host}";
        ProcessOutput passed = await RunAsync("Test-SkopeoSync", call);
        Assert.Equal((0, ""), (passed.ExitCode, passed.Error));
        Assert.StartsWith("1 passed, 0 failed, 0 errors in ", passed.Output, StringComparison.Ordinal);

        await _registries.PushAsync(SampleImages.DockerList("newer"), "good");
        ProcessOutput failed = await RunAsync("Test-SkopeoSync", call);
        Assert.Equal(1, failed.ExitCode);
        Assert.StartsWith($"FAILED {repository}:v1 SpecMismatch: ", failed.Output, StringComparison.Ordinal);
    }

    [RealRegistryFact]
    public async Task The_gate_cannot_run_where_skopeo_cannot_list_the_tags()
    {
        ProcessOutput run = await RunAsync(
            "Test-SkopeoSync", $"-Repository {_registries.Source.Host}/no/such -Destination {_registries.Destination.Host}/synced -InsecureRegistry {_registries.Source.Host}");
        Assert.Equal((3, ""), (run.ExitCode, run.Output));
        Assert.Contains("skopeo list-tags", run.Error, StringComparison.Ordinal);
    }

    [RealRegistryFact]
    public async Task Repair_copies_what_failed_and_finds_it_right()
    {
        await File.WriteAllLinesAsync(_directory["list.txt"], [.. new[] { "good", "stale", "absent", "single" }.Select(_registries.Line)]);
        ProcessOutput run = await RepairAsync();
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(["COPIED", "COPIED", "COPIED", "4"], run.Lines.Select(line => line.Split(' ')[0]));
        Assert.Equal("4 tested, 3 failed at first, 0 not right at the end", run.Lines[^1]);
        Assert.Equal("4 tested, 0 failed at first, 0 not right at the end", (await RepairAsync()).Lines[^1]);
    }

    [RealRegistryFact]
    public async Task Repair_leaves_alone_what_could_not_be_compared_and_lists_it()
    {
        await File.WriteAllLinesAsync(_directory["list.txt"], [_registries.Line("nowhere"), _registries.Line("absent")]);
        ProcessOutput run = await RepairAsync();
        Assert.Equal(2, run.ExitCode);
        Assert.Equal(["COPIED", "ERROR", "2"], run.Lines.Select(line => line.Split(' ')[0]));
        Assert.Equal([_registries.Line("nowhere")], await File.ReadAllLinesAsync(_directory["mirror-validate-failed.txt"]));
    }

    private Task<ProcessOutput> RepairAsync() =>
        RunAsync("Repair-Mirror", $"-Path list.txt -InsecureRegistry {_registries.Source.Host}, {_registries.Destination.Host}");

    private Task<ProcessOutput> RunAsync(string runbook, string arguments)
    {
        string script = Path.Combine(BuildValues.RepositoryRoot, "docs", "runbooks", runbook + ".ps1");
        return ModuleProcess.RunAsync(
            _directory.Path,
            $"& '{script}' {arguments}; exit $LASTEXITCODE",
            new Dictionary<string, string>
            {
                ["REGISTRY_AUTH_FILE"] = _directory["auth.json"],
                ["CONTAINERS_REGISTRIES_CONF"] = _directory["registries.conf"],
                ["XDG_RUNTIME_DIR"] = _directory.Path,
                ["XDG_CONFIG_HOME"] = _directory[".config"],
                ["XDG_DATA_HOME"] = _directory.Path,

                // As root, skopeo would share what it knows of blobs with every other run on the machine.
                ["_CONTAINERS_ROOTLESS_UID"] = "65534",
            });
    }
}
