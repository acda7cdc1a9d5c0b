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

    [RealRegistryFact]
    public async Task Tags_that_the_file_leaves_to_the_registry_are_those_that_it_copied()
    {
        string[] tags = ["1.26.0", "1.27.0", "1.27.1", "1.27-alpine", "1.271", "v1.27", "latest", "edge"];
        await using RegistryPair registries = await RegistryPair.StartAsync();
        BuiltManifest image = SampleImages.DockerList("image");
        foreach (string tag in tags)
        {
            await registries.PushAsync(image, "all", tag);
            await registries.PushAsync(image, "some", tag);
        }

        await File.WriteAllLinesAsync(
            _directory["sync.yml"],
            [
                $"\"{registries.Source.Host}\":",
                "  tls-verify: false",
                "  images:",
                "    library/all: []",
                "  images-by-tag-regex:",
                @"    library/some: 1\.27(\.|$)|^e",
            ]);
        string copies = $"{registries.Destination.Host}/copies";
        await Skopeo.SyncAsync(_directory["sync.yml"], copies);

        ProcessOutput output = await ModuleProcess.RunAsync(
            _directory.Path,
            $$"""
            Import-MirrorList sync.yml -Destination {{copies}} -ResolveTag | Test-MirrorImage -OutVariable results |
                Group-Object Status -NoElement | ForEach-Object { "$($_.Count) $($_.Name)" }
            $results | ForEach-Object { "$($_.Destination):$($_.Tag)" } | Sort-Object -Culture '' | Join-String -Separator ' '
            'all', 'some' | ForEach-Object { "{{copies}}/$_" } | Get-ImageTag | Sort-Object -Culture '' Image | Join-String Image -Separator ' '
            Get-ImageTag {{registries.Source.Host}}/library/all | Join-String Tag -Separator ' '
            """);

        Assert.Equal("12 Passed", output.Lines[0]);
        Assert.Equal(output.Lines[2], output.Lines[1]);
        Assert.Equal(tags.Order(), output.Lines[3].Split(' ').Order());
    }
}
