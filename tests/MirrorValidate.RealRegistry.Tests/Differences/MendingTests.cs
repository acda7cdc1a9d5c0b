using MirrorValidate.Embedded.Images;
using MirrorValidate.Platforms;
using MirrorValidate.RealRegistry.Tests.Fixtures;
using MirrorValidate.RealRegistry.Tests.Mirroring;
using MirrorValidate.Validation;

namespace MirrorValidate.RealRegistry.Tests.Differences;

/// <summary>What is advised for a damaged mirror mends it, with a real tool and a real registry.</summary>
public sealed class MendingTests(MirroredRegistries registries) : IClassFixture<MirroredRegistries>
{
    private static readonly ImagePlatform[] Platforms = [ImagePlatform.LinuxAmd64, ImagePlatform.LinuxArm64];

    [RealRegistryFact]
    public async Task A_manifest_that_is_lost_is_copied_again_by_skopeo()
    {
        (BuiltManifest list, string line) = await AddAsync("lost-child");
        await DeleteAsync("lost-child", list.Children[1]);
        MirrorDifference told = Assert.Single((await ValidateAsync(line)).Differences);
        Assert.Contains("skopeo copy --all", told.Remedy, StringComparison.Ordinal);
        Assert.Contains("validate with -Platform linux/amd64", told.Remedy, StringComparison.Ordinal);
        Assert.Equal("Passed", (await ValidateAsync(line, "amd64")).Status);

        await registries.Pair.MirrorAsync("lost-child");
        Assert.Equal("Passed", (await ValidateAsync(line)).Status);
    }

    [RealRegistryFact]
    public async Task A_layer_that_is_lost_is_copied_again_once_its_manifest_and_list_are_deleted()
    {
        (BuiltManifest list, string line) = await AddAsync("lost-layer");
        registries.Pair.Destination.Storage.RemoveBlob(list.Children[0].Blobs[1].Digest);
        Assert.Equal("BlobMissing", Assert.Single((await ValidateAsync(line)).Differences).Kind);

        await DeleteAsync("lost-layer", list.Children[0], list);
        await registries.Pair.MirrorAsync("lost-layer");
        Assert.Equal("Passed", (await ValidateAsync(line)).Status);
    }

    [RealRegistryFact]
    public async Task A_layer_that_is_damaged_is_only_copied_again_once_it_is_gone_as_well()
    {
        (BuiltManifest list, string line) = await AddAsync("damaged-layer");
        string layer = list.Children[0].Blobs[1].Digest;
        registries.Pair.Destination.Storage.ReplaceBlobSameSize(layer);
        await DeleteAsync("damaged-layer", list.Children[0], list);
        await registries.Pair.MirrorAsync("damaged-layer");
        MirrorDifference told = Assert.Single((await ValidateAsync(line)).Differences);
        Assert.Equal("BlobDigestMismatch", told.Kind);
        Assert.Contains("garbage collection", told.Remedy, StringComparison.Ordinal);

        // As garbage collection does it, once nothing names the layer.
        await DeleteAsync("damaged-layer", list.Children[0], list);
        registries.Pair.Destination.Storage.RemoveBlob(layer);
        await registries.Pair.MirrorAsync("damaged-layer");
        Assert.Equal("Passed", (await ValidateAsync(line)).Status);
    }

    private async Task<(BuiltManifest List, string Line)> AddAsync(string name)
    {
        BuiltManifest list = SampleImages.DockerList(name, Platforms);
        return (list, await registries.Pair.AddAsync(list, name));
    }

    private async Task DeleteAsync(string name, params BuiltManifest[] manifests)
    {
        using RegistryPusher pusher = registries.Pair.Destination.CreatePusher();
        foreach (BuiltManifest manifest in manifests)
            await pusher.DeleteManifestAsync($"mirror/{name}", manifest.Digest);
    }

    private static async Task<MirrorImageResult> ValidateAsync(string line, string architectures = "amd64,arm64")
    {
        using var run = new ValidationRun(options: new ValidationOptions
        {
            Platforms = PlatformSelection.OfArchitectures([architectures]),
            Depth = ValidationDepth.Content,
        });
        return await run.ValidateAsync(line);
    }
}
