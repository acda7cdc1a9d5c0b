using MirrorValidate.Embedded.Images;
using MirrorValidate.RealRegistry.Tests.Fixtures;
using MirrorValidate.RealRegistry.Tests.Mirroring;
using MirrorValidate.Validation;

namespace MirrorValidate.RealRegistry.Tests.Verdicts;

/// <summary>
/// Damage to a destination's disk is found and named by the depth that checks for it. Shallower depths do not find it,
/// and their proof does not include it.
/// </summary>
public sealed class DepthDamageTests(MirroredRegistries registries) : IClassFixture<MirroredRegistries>
{
    private const int LayerSize = 100_000;

    public static TheoryData<DepthDamage> Damages() =>
    [
        new("layer truncated", ValidationDepth.Blob, ValidationReason.BlobSizeMismatch, ValidationDepth.Manifest, (storage, _, image) => storage.TruncateBlob(Layer(image))),
        new("layer emptied", ValidationDepth.Blob, ValidationReason.BlobSizeMismatch, ValidationDepth.Manifest, (storage, _, image) => File.WriteAllBytes(storage.BlobPath(Layer(image)), [])),
        new("layer removed", ValidationDepth.Blob, ValidationReason.BlobMissing, ValidationDepth.Manifest, (storage, _, image) => storage.RemoveBlob(Layer(image))),
        new("layer taken out of the repository", ValidationDepth.Blob, ValidationReason.BlobMissing, ValidationDepth.Manifest, (storage, repository, image) => storage.RemoveLayerLink(repository, Layer(image))),
        new("layer overwritten", ValidationDepth.Content, ValidationReason.BlobDigestMismatch, ValidationDepth.Blob, (storage, _, image) => storage.ReplaceBlobSameSize(Layer(image))),
        new("config removed", ValidationDepth.Blob, ValidationReason.BlobMissing, ValidationDepth.Manifest, (storage, _, image) => storage.RemoveBlob(Config(image))) { IsConfig = true },
        new("config truncated", ValidationDepth.Blob, ValidationReason.BlobSizeMismatch, ValidationDepth.Manifest, (storage, _, image) => storage.TruncateBlob(Config(image))) { IsConfig = true },
        new("manifest taken out of the repository", ValidationDepth.Manifest, ValidationReason.DestinationManifestMissing, ValidationDepth.List, (storage, repository, image) => storage.RemoveManifestLink(repository, image.Digest)) { IsManifest = true },
    ];

    [RealRegistryTheory]
    [MemberData(nameof(Damages))]
    public async Task Damage_is_found_from_its_depth_on(DepthDamage damage)
    {
        ArgumentNullException.ThrowIfNull(damage);
        (BuiltManifest list, string line, string repository) = await MirrorAsync(damage.Name);
        BuiltManifest image = list.Child("linux/arm64/v8");
        damage.Do(registries.Pair.Destination.Storage, repository, image);
        string digest = damage.IsManifest ? image.Digest : damage.IsConfig ? Config(image) : Layer(image);
        foreach (ValidationDepth depth in Enum.GetValues<ValidationDepth>())
        {
            using var run = new ValidationRun(options: new ValidationOptions { Depth = depth });
            MirrorImageResult result = await run.ValidateAsync(line);
            if (depth < damage.Depth)
            {
                Expected.Passed(RequestsAt(depth)).Check(result);
                Assert.Equal(depth.ToString(), result.Proof.Level);
                continue;
            }

            Assert.Equal(($"{ValidationStatus.Failed}", $"{damage.Reason}"), (result.Status, result.Reason));
            Assert.Contains(digest, result.Message, StringComparison.Ordinal);
            Assert.Contains("linux/arm64/v8", result.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("linux/amd64", result.Message, StringComparison.Ordinal);
            Assert.Equal(damage.Leaves.ToString(), result.Proof.Level);
        }
    }

    [RealRegistryFact]
    public async Task A_good_mirror_passes_at_every_depth()
    {
        (BuiltManifest list, string line, _) = await MirrorAsync("good");
        BuiltBlob[] blobs = [.. list.Children.Take(2).SelectMany(child => child.Blobs)];
        foreach (ValidationDepth depth in Enum.GetValues<ValidationDepth>())
        {
            using var run = new ValidationRun(options: new ValidationOptions { Depth = depth });
            MirrorImageResult result = await run.ValidateAsync(line);
            Expected.Passed(RequestsAt(depth)).Check(result);
            Assert.Equal(
                (depth.ToString(), 2, depth >= ValidationDepth.Blob ? 6 : 0, depth == ValidationDepth.Content ? blobs.Sum(blob => (long)blob.Size) : 0),
                (result.Proof.Level, result.Proof.Manifests, result.Proof.Blobs, result.Proof.Bytes));
        }
    }

    [RealRegistryFact]
    public async Task What_the_images_of_a_run_share_is_looked_at_once()
    {
        (_, string line, _) = await MirrorAsync("shared");
        using var run = new ValidationRun(options: new ValidationOptions { Depth = ValidationDepth.Content }, remembers: true);
        Expected.Passed(RequestsAt(ValidationDepth.Content)).Check(await run.ValidateAsync(line));
        MirrorImageResult again = await run.ValidateAsync(line, id: 2);
        Assert.Equal(("Content", 6), (again.Proof.Level, again.Proof.Blobs));
        Assert.Equal(0, again.RequestCount);
    }

    // The two tags, the two manifests, and a config and two layers for each.
    private static int RequestsAt(ValidationDepth depth) => depth switch
    {
        ValidationDepth.List => 2,
        ValidationDepth.Manifest => 2 + 2,
        _ => 2 + 2 + 6,
    };

    private static string Config(BuiltManifest image) => image.Blobs[0].Digest;

    private static string Layer(BuiltManifest image) => image.Blobs[^1].Digest;

    private async Task<(BuiltManifest List, string Line, string Repository)> MirrorAsync(string seed)
    {
        var index = new IndexBuilder();
        foreach (ImagePlatform platform in new[] { ImagePlatform.LinuxAmd64, ImagePlatform.LinuxArm64, ImagePlatform.LinuxS390x })
            index.Add(new ImageBuilder("depth " + seed) { Platform = platform, LayerCount = 2, LayerSize = LayerSize }.Build());
        BuiltManifest list = index.Build();
        string name = $"depth-{list.Digest[7..20]}";
        return (list, await registries.Pair.AddAsync(list, name), $"mirror/{name}");
    }
}
