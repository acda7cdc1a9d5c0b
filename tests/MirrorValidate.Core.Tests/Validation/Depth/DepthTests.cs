using MirrorValidate.Embedded.Images;
using MirrorValidate.Registries;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Validation.Depth;

/// <summary>What each depth asks for, what it finds, and what it leaves to the next.</summary>
public sealed class DepthTests
{
    private static BuiltBlob Layer => DepthSample.Layer;

    private static BuiltBlob Config => DepthSample.Config;

    private static string[] Children => [DepthSample.Amd64.Digest, DepthSample.Arm64.Digest];

    [Fact]
    public void The_default_depth_is_that_of_manifests() => Assert.Equal(ValidationDepth.Manifest, new ValidationOptions().Depth);

    [Fact]
    public async Task List_asks_for_the_two_tags_alone()
    {
        await using MirrorPair pair = await StartAsync(ValidationDepth.List);
        pair.Destination.Store.DeleteManifest(MirrorPair.DestinationRepository, DepthSample.Arm64.Digest);
        MirrorImageResult result = await pair.ValidateAsync();
        ResultAssert.Passed(result);
        Assert.Equal(2, result.RequestCount);
        AssertProof("List", manifests: 2, blobs: 0, bytes: 0, result.Proof);
    }

    [Fact]
    public async Task Manifest_asks_whether_each_is_there()
    {
        await using MirrorPair pair = await StartAsync(ValidationDepth.Manifest);
        MirrorImageResult result = await pair.ValidateAsync();
        ResultAssert.Passed(result);
        string[] expected = ["GET v1", .. Children.Select(child => $"HEAD {child}")];
        Assert.Equal(expected.Order(StringComparer.Ordinal), pair.Asked(RegistrySide.Destination).Order(StringComparer.Ordinal));
        AssertProof("Manifest", manifests: 2, blobs: 0, bytes: 0, result.Proof);
    }

    [Fact]
    public async Task Blob_reads_the_manifests_and_the_first_byte_of_each_blob()
    {
        await using MirrorPair pair = await StartAsync(ValidationDepth.Blob);
        MirrorImageResult result = await pair.ValidateAsync();
        ResultAssert.Passed(result);
        string[] expected = ["GET v1", .. Children.Select(child => $"GET {child}"), .. DepthSample.Selected.Select(blob => $"GET {blob.Digest}")];
        Assert.Equal(expected.Order(StringComparer.Ordinal), pair.Asked(RegistrySide.Destination).Order(StringComparer.Ordinal));
        Assert.All(DepthSample.Selected, blob => Assert.Equal(["GET bytes=0-0"], DepthSample.Asked(pair, blob)));
        Assert.Equal(["GET v1"], pair.Asked(RegistrySide.Source));
        AssertProof("Blob", manifests: 2, blobs: 6, bytes: 0, result.Proof);
    }

    [Fact]
    public async Task Content_downloads_each_blob_once()
    {
        await using MirrorPair pair = await StartAsync(ValidationDepth.Content);
        MirrorImageResult result = await pair.ValidateAsync();
        ResultAssert.Passed(result);
        string[] expected = ["GET v1", .. Children.Select(child => $"GET {child}"), .. DepthSample.Selected.Select(blob => $"GET {blob.Digest}")];
        Assert.Equal(expected.Order(StringComparer.Ordinal), pair.Asked(RegistrySide.Destination).Order(StringComparer.Ordinal));
        AssertProof("Content", manifests: 2, blobs: 6, bytes: DepthSample.Selected.Sum(blob => blob.Size), result.Proof);
    }

    public static TheoryData<string, ValidationDepth, ValidationReason, string, string> Damages() => new()
    {
        { "manifest", ValidationDepth.Manifest, ValidationReason.DestinationManifestMissing, $"{DepthSample.Arm64.Digest} (linux/arm64/v8)", "List" },
        { "missing", ValidationDepth.Blob, ValidationReason.BlobMissing, $"destination blob does not exists: [{DepthSample.LayerWords}: missing]: ", "Manifest" },
        { "config", ValidationDepth.Blob, ValidationReason.BlobMissing, $"destination blob does not exists: [{DepthSample.ConfigWords}: missing]: ", "Manifest" },
        { "shorter", ValidationDepth.Blob, ValidationReason.BlobSizeMismatch, $"another size: [{DepthSample.LayerWords}: 3 bytes instead of {Layer.Size}]", "Manifest" },
        { "longer", ValidationDepth.Blob, ValidationReason.BlobSizeMismatch, $"another size: [{DepthSample.LayerWords}: {Layer.Size + 1} bytes instead of {Layer.Size}]", "Manifest" },
        { "empty", ValidationDepth.Blob, ValidationReason.BlobSizeMismatch, $"another size: [{DepthSample.LayerWords}: 0 bytes instead of {Layer.Size}]", "Manifest" },
        { "bytes", ValidationDepth.Content, ValidationReason.BlobDigestMismatch, $"another digest: [{DepthSample.LayerWords}: its content has the digest sha256:", "Blob" },
        { "config bytes", ValidationDepth.Content, ValidationReason.BlobDigestMismatch, $"another digest: [{DepthSample.ConfigWords}: its content has the digest sha256:", "Blob" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task Damage_is_found_from_its_depth_on(string damage, ValidationDepth depth, ValidationReason reason, string words, string reached)
    {
        await using MirrorPair pair = await StartAsync(default);
        Damage(pair, damage);
        foreach (ValidationDepth tried in Enum.GetValues<ValidationDepth>())
        {
            pair.Depth = tried;
            MirrorImageResult result = await pair.ValidateAsync();
            if (tried < depth)
            {
                ResultAssert.Passed(result);
                Assert.Equal(tried.ToString(), result.Proof.Level);
                continue;
            }

            ResultAssert.Is(ValidationStatus.Failed, reason, result);
            Assert.Contains(words, result.Message, StringComparison.Ordinal);
            Assert.Equal(reached, result.Proof.Level);
            Assert.DoesNotContain(DepthSample.Amd64.Digest, result.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Only_what_is_selected_is_looked_at()
    {
        await using MirrorPair pair = await StartAsync(ValidationDepth.Content);
        foreach (BuiltBlob blob in DepthSample.Arm64.Blobs.Concat(DepthSample.S390x.Blobs)) DepthSample.Remove(pair, blob);
        MirrorImageResult result = await pair.ValidateAsync(architectures: "amd64");
        ResultAssert.Passed(result);
        AssertProof("Content", manifests: 1, blobs: 3, bytes: DepthSample.Amd64.Blobs.Sum(blob => blob.Size), result.Proof);
        Assert.All(DepthSample.Arm64.Blobs, blob => Assert.Empty(DepthSample.Asked(pair, blob)));
    }

    [Fact]
    public async Task What_differs_is_not_looked_into()
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(DepthSample.List, SampleImages.DockerList("other"));
        pair.Depth = ValidationDepth.Content;
        MirrorImageResult result = await pair.ValidateAsync();
        ResultAssert.Is(ValidationStatus.Failed, ValidationReason.SpecMismatch, result);
        Assert.Equal((MirrorProof.None, 2), (result.Proof, result.RequestCount));
    }

    [Fact]
    public async Task An_image_of_another_platform_must_be_there_and_is_not_downloaded()
    {
        BuiltManifest list = new IndexBuilder().Add(new IndexEntry(DepthSample.Amd64) { Platform = ImagePlatform.LinuxS390x }).Build();
        await using MirrorPair pair = await MirrorPair.StartAsync(DepthSample.Amd64, list);
        pair.Depth = ValidationDepth.Content;
        MirrorImageResult result = await pair.ValidateAsync();
        ResultAssert.Is(ValidationStatus.Failed, ValidationReason.PlatformMismatch, result);
        Assert.Equal((MirrorProof.None, 0), (result.Proof, DepthSample.AskedForBlobs(pair)));
    }

    [Fact]
    public async Task All_that_is_wrong_is_named_in_the_order_of_the_list()
    {
        await using MirrorPair pair = await StartAsync(ValidationDepth.Content);
        DepthSample.Replace(pair, DepthSample.Amd64.Blobs[1], DepthSample.Spoil(DepthSample.Amd64.Blobs[1].Content));
        DepthSample.Remove(pair, Layer);
        DepthSample.Replace(pair, Config, [1]);
        MirrorImageResult result = await pair.ValidateAsync();
        ResultAssert.Failed(ValidationReason.BlobDigestMismatch, $"destination blob has another digest: [linux/amd64 layer {DepthSample.Amd64.Blobs[1].Digest}", result);
        string[] digests = [DepthSample.Amd64.Blobs[1].Digest, Config.Digest, Layer.Digest];
        int[] places = [.. digests.Select(digest => result.Message.IndexOf(digest, StringComparison.Ordinal))];
        Assert.Equal(places.Order(), places);
        Assert.True(places[0] > 0, result.Message);
        AssertProof("Manifest", manifests: 2, blobs: 3, DepthSample.Amd64.Blobs[0].Size + DepthSample.Amd64.Blobs[2].Size + DepthSample.Arm64.Blobs[1].Size, result.Proof);
    }

    [Fact]
    public async Task A_missing_manifest_comes_before_a_missing_blob()
    {
        await using MirrorPair pair = await StartAsync(ValidationDepth.Blob);
        DepthSample.Remove(pair, DepthSample.Amd64.Blobs[1]);
        pair.Destination.Store.DeleteManifest(MirrorPair.DestinationRepository, DepthSample.Arm64.Digest);
        MirrorImageResult result = await pair.ValidateAsync();
        ResultAssert.Failed(ValidationReason.DestinationManifestMissing, "failed to inspect dest image: [", result);
        Assert.Contains($"destination blob does not exists: [linux/amd64 layer {DepthSample.Amd64.Blobs[1].Digest}", result.Message, StringComparison.Ordinal);
        AssertProof("List", manifests: 1, blobs: 2, bytes: 0, result.Proof);
    }

    [Fact]
    public async Task Of_many_the_first_are_named_and_the_others_counted()
    {
        BuiltManifest image = new ImageBuilder("many") { LayerCount = 25 }.Build();
        await using MirrorPair pair = await MirrorPair.StartAsync(SampleImages.Wrapped(image));
        pair.Depth = ValidationDepth.Blob;
        foreach (BuiltBlob blob in image.Blobs) DepthSample.Remove(pair, blob);
        MirrorImageResult result = await pair.ValidateAsync();
        Assert.Contains("; and 16 more]", result.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(image.Blobs[10].Digest, result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_blob_of_two_platforms_is_named_with_both()
    {
        BuiltBlob shared = LayerBuilder.Build("shared", 64);
        BuiltManifest list = new IndexBuilder()
            .Add(new ImageBuilder("a") { Layers = [shared] }.Build())
            .Add(new ImageBuilder("b") { Layers = [shared], Platform = ImagePlatform.LinuxArm64 }.Build())
            .Build();
        await using MirrorPair pair = await MirrorPair.StartAsync(list);
        pair.Depth = ValidationDepth.Blob;
        ResultAssert.Passed(await pair.ValidateAsync());
        Assert.Equal(["GET bytes=0-0"], DepthSample.Asked(pair, shared));
        DepthSample.Remove(pair, shared);
        MirrorImageResult result = await pair.ValidateAsync();
        Assert.Contains($"[linux/amd64, linux/arm64/v8 layer {shared.Digest} ", result.Message, StringComparison.Ordinal);
    }

    private static void Damage(MirrorPair pair, string damage)
    {
        switch (damage)
        {
            case "manifest":
                pair.Destination.Store.DeleteManifest(MirrorPair.DestinationRepository, DepthSample.Arm64.Digest);
                break;
            case "missing":
                DepthSample.Remove(pair, Layer);
                break;
            case "config":
                DepthSample.Remove(pair, Config);
                break;
            case "config bytes":
                DepthSample.Replace(pair, Config, DepthSample.Spoil(Config.Content));
                break;
            default:
                DepthSample.Replace(pair, Layer, damage switch
                {
                    "shorter" => Layer.Content.ToArray()[..3],
                    "longer" => [.. Layer.Content.ToArray(), 0],
                    "empty" => [],
                    _ => DepthSample.Spoil(Layer.Content),
                });
                break;
        }
    }

    private static async Task<MirrorPair> StartAsync(ValidationDepth depth)
    {
        MirrorPair pair = await MirrorPair.StartAsync(DepthSample.List);
        pair.Depth = depth;
        return pair;
    }

    private static void AssertProof(string level, int manifests, int blobs, long bytes, MirrorProof proof)
    {
        Assert.Equal((level, manifests, blobs, bytes), (proof.Level, proof.Manifests, proof.Blobs, proof.Bytes));
        Assert.Empty(proof.ForeignLayers);
    }
}
