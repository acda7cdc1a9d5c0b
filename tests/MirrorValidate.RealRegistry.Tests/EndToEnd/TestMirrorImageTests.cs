using System.Text;
using System.Text.Json;
using MirrorValidate.Embedded.Images;
using MirrorValidate.RealRegistry.Tests.Fixtures;
using MirrorValidate.RealRegistry.Tests.Mirroring;
using MirrorValidate.Tests.Processes;

namespace MirrorValidate.RealRegistry.Tests.EndToEnd;

/// <summary>Commands that an administrator types in pwsh, for a list of images that the real client mirrored.</summary>
public sealed class TestMirrorImageTests : IAsyncLifetime, IDisposable
{
    private const string Format = "ForEach-Object { \"$($_.Id) $($_.Status) $($_.Reason)\" }";

    private readonly TemporaryDirectory _directory = new();
    private RegistryPair _registries = null!;

    public async Task InitializeAsync()
    {
        if (RealBinaries.SkipReason is not null) return;
        _registries = await RegistryPair.StartAsync();
        await _registries.AddAsync(SampleImages.DockerList("good"), "good");
        await _registries.AddAsync(SampleImages.DockerList("old"), "stale");
        await _registries.PushAsync(SampleImages.DockerList("new"), "stale");
        await _registries.PushAsync(SampleImages.DockerList("absent"), "absent");
        await _registries.AddAsync(SampleImages.Image("plain"), "plain");
    }

    public async Task DisposeAsync()
    {
        if (_registries is not null) await _registries.DisposeAsync();
    }

    public void Dispose() => _directory.Dispose();

    [RealRegistryFact]
    public async Task Every_line_of_a_list_gets_its_verdict_and_what_failed_is_listed_in_its_order()
    {
        string[] kinds =
        [
            _registries.Line("stale"),
            _registries.Line("good"),
            _registries.Line("good").Replace(" ", " \t ", StringComparison.Ordinal),
            _registries.Line("absent"),
            _registries.Line("good") + " fourth",
            _registries.Line("nowhere"),
            _registries.Line("plain"),
        ];
        string[] lines = [.. Enumerable.Range(0, 35).Select(index => kinds[index % kinds.Length])];
        WriteList(["# a comment", "", .. lines]);

        ProcessOutput output = await RunAsync($"Get-Content ./list.txt | Test-MirrorImage -ThrottleLimit 10 | {Format}");

        string[] verdicts =
            ["Failed SpecMismatch", "Passed None", "Passed None", "Failed DestinationNotFound", "Error InvalidLine", "Error SourceNotFound", "Failed DestinationNotAList"];
        Assert.Equal(
            lines.Select((_, index) => $"{index + 1} {verdicts[index % kinds.Length]}").Order(StringComparer.Ordinal),
            output.Lines.Order(StringComparer.Ordinal));
        Assert.Equal(
            lines.Where((_, index) => index % kinds.Length is not (1 or 2)),
            await File.ReadAllLinesAsync(_directory["mirror-validate-failed.txt"]));
    }

    [RealRegistryFact]
    public async Task The_flags_of_image_tools_work_as_they_are_typed()
    {
        WriteList(["library/good mirror/good v1", "library/stale mirror/stale v1", "library/plain mirror/plain v1"]);
        ProcessOutput output = await RunAsync(
            $"Test-MirrorImage -f ./list.txt -s {_registries.Source.Host} -d {_registries.Destination.Host} -a amd64,arm64,arm -j 20 -o failed.txt -Debug -PreserveOrder | {Format}");
        Assert.Equal(
            ["1 Passed None", "2 Failed SpecMismatch", "3 Failed DestinationNotAList"],
            output.Lines.Where(line => line.EndsWith("None", StringComparison.Ordinal) || line.Contains(" Failed ", StringComparison.Ordinal)));
        Assert.Contains("[DEBU] [M_ID:1] ", output.Output + output.Error);
        Assert.Equal(["library/stale mirror/stale v1", "library/plain mirror/plain v1"], await File.ReadAllLinesAsync(_directory["failed.txt"]));

        output = await RunAsync(
            $"Test-MirrorImage -f ./failed.txt -s {_registries.Source.Host} -d {_registries.Destination.Host} -o failed.txt -Comparison Platform | {Format}");
        Assert.Equal(["1 Failed SpecMismatch", "2 Passed None"], output.Lines);
        Assert.Equal(["library/stale mirror/stale v1"], await File.ReadAllLinesAsync(_directory["failed.txt"]));
    }

    // Adds tags to an image that exists on both sides.
    private async Task<IEnumerable<string>> TagAsync(string name, int count)
    {
        BuiltManifest image = SampleImages.DockerList(name);
        using RegistryPusher source = _registries.Source.CreatePusher();
        using RegistryPusher destination = _registries.Destination.CreatePusher();
        for (int number = 1; number <= count; number++)
        {
            await source.PushManifestAsync($"library/{name}", $"v{number}", image.MediaType, image.Content);
            await destination.PushManifestAsync($"mirror/{name}", $"v{number}", image.MediaType, image.Content);
        }

        return Enumerable.Range(1, count).Select(number => $"{_registries.Line(name)[..^1]}{number}");
    }

    [RealRegistryFact]
    public async Task A_registry_killed_in_the_middle_leaves_a_list_of_what_to_test_again()
    {
        const int Images = 60;
        WriteList([.. await TagAsync("good", Images)]);

        // The script waits at the tenth result and at the first one that failed because the registry was down.
        const string Script = """
            $n = 0; $missed = $false
            Test-MirrorImage -f ./list.txt -j 10 -MaximumRetryCount 0 -ErrorAction SilentlyContinue | ForEach-Object {
                "$($_.Id) $($_.Reason)"
                $first = $_.Status -eq 'Error' -and -not $missed
                if (++$n -eq 10 -or $first) { $missed = $missed -or $first; 'waiting'; $null = [Console]::ReadLine() }
            }
            """;
        await using DotNetProcess shell = ModuleProcess.Start(_directory.Path, Script);
        var results = new List<string>();
        await ReadToWaitAsync(shell, results);
        await _registries.Destination.KillAsync();
        await shell.Input.WriteLineAsync();
        await ReadToWaitAsync(shell, results);
        await _registries.Destination.RestartAsync();
        await shell.Input.WriteLineAsync();
        shell.Input.Close();
        results.AddRange((await shell.EndAsync()).Lines);

        string[] missed = [.. results.Where(result => result.EndsWith(" RegistryUnavailable", StringComparison.Ordinal))];
        Assert.NotEmpty(missed);
        Assert.All(results.Except(missed), result => Assert.EndsWith(" None", result));
        Assert.Equal(Enumerable.Range(1, Images), results.Select(result => int.Parse(result.Split(' ')[0], provider: null)).Order());
        Assert.Equal(missed.Length, (await File.ReadAllLinesAsync(_directory["mirror-validate-failed.txt"])).Length);

        ProcessOutput again = await RunAsync($"Test-MirrorImage -f mirror-validate-failed.txt -j 10 | {Format}");
        Assert.Equal(missed.Length, again.Lines.Length);
        Assert.All(again.Lines, line => Assert.EndsWith(" Passed None", line));
        Assert.Empty(await File.ReadAllTextAsync(_directory["mirror-validate-failed.txt"]));
    }

    [RealRegistryFact]
    public async Task The_credentials_of_docker_open_a_registry()
    {
        var user = new System.Net.NetworkCredential("mirror", "secret");
        await using RegistryPair closed = await RegistryPair.StartAsync(destination: new DockerRegistryOptions { User = user });
        string line = await closed.AddAsync(
            SampleImages.DockerList("list"), "list", new SkopeoCopyOptions { Destination = new SkopeoEndpoint { Credential = user } });
        WriteList([line]);

        Assert.Equal(["1 Error Unauthorized"], (await RunAsync($"Test-MirrorImage -f ./list.txt | {Format}")).Lines);
        await WriteDockerConfigAsync(closed.Destination.Host, "mirror:secret");
        Assert.Equal(["1 Passed None"], (await RunAsync($"Test-MirrorImage -f ./list.txt | {Format}")).Lines);
    }

    [RealRegistryFact]
    public async Task Raw_gives_what_skopeo_inspect_gives()
    {
        string image = $"{_registries.Destination.Host}/mirror/good:v1";
        ProcessOutput output = await RunAsync($"[Console]::Out.Write((Get-ManifestList {image} -Raw))");
        Assert.Equal(Encoding.UTF8.GetString(await Skopeo.InspectRawAsync(image)), output.Output);
    }

    private static async Task ReadToWaitAsync(DotNetProcess shell, List<string> results)
    {
        while (await shell.ReadLineAsync() is { } line && line != "waiting") results.Add(line);
    }

    private void WriteList(string[] lines) => File.WriteAllLines(_directory["list.txt"], lines);

    private Task WriteDockerConfigAsync(string host, string user)
    {
        var entry = new { auth = Convert.ToBase64String(Encoding.UTF8.GetBytes(user)) };
        var config = new { auths = new Dictionary<string, object> { [host] = entry } };
        return File.WriteAllTextAsync(_directory["config.json"], JsonSerializer.Serialize(config));
    }

    private Task<ProcessOutput> RunAsync(string script) => ModuleProcess.RunAsync(_directory.Path, script);
}
