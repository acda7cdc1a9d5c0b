using MirrorValidate.Embedded.Images;
using MirrorValidate.RealRegistry.Tests.Fixtures;
using MirrorValidate.RealRegistry.Tests.Mirroring;
using MirrorValidate.Tests.Processes;

namespace MirrorValidate.RealRegistry.Tests.EndToEnd;

/// <summary>The file of <c>skopeo sync</c> is also the list to validate its mirror with.</summary>
public sealed class SkopeoSyncTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [RealRegistryFact]
    public async Task What_it_copied_passes_and_what_changed_since_does_not()
    {
        await using RegistryPair registries = await RegistryPair.StartAsync();
        BuiltManifest pinned = SampleImages.DockerList("pinned");
        await registries.PushAsync(SampleImages.DockerList("good"), "good");
        await registries.PushAsync(SampleImages.DockerList("old"), "stale");
        await registries.PushAsync(pinned, "pinned");
        await File.WriteAllLinesAsync(
            _directory["sync.yml"],
            [
                $"\"{registries.Source.Host}\":",
                "  tls-verify: false",
                "  images:",
                "    library/good: [v1]",
                "    library/stale: [v1]",
                $"    library/pinned: [\"{pinned.Digest}\"]",
            ]);
        string copies = $"{registries.Destination.Host}/copies";
        await Skopeo.SyncAsync(_directory["sync.yml"], copies);
        await registries.PushAsync(SampleImages.DockerList("new"), "stale");

        ProcessOutput output = await ModuleProcess.RunAsync(
            _directory.Path,
            $"Import-MirrorList sync.yml -Destination {copies} | Test-MirrorImage -PreserveOrder | ForEach-Object {{ \"$($_.Id) $($_.Status) $($_.Destination)\" }}");

        Assert.Equal([$"1 Passed {copies}/good", $"2 Failed {copies}/stale", $"3 Passed {copies}/pinned"], output.Lines);
    }
}
