using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Validation;

/// <summary>What is advised mends what a destination has lost.</summary>
public sealed class MendingTests
{
    private const string Mends = "skopeo copy --all or regctl image copy --force-recursive";

    private static readonly BuiltManifest List = SampleImages.DockerList("s");
    private static readonly BuiltManifest Windows = SampleImages.WindowsList("s");
    private static readonly BuiltManifest Image = SampleImages.Image("s");

    [Fact]
    public async Task A_child_that_is_lost_is_mended_by_the_tools_that_were_measured()
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(Windows);
        Lose(pair, Windows.Children[1]);
        MirrorDifference told = Assert.Single((await pair.ValidateAsync()).Differences);
        Assert.Contains(Mends, told.Remedy, StringComparison.Ordinal);
        Assert.Contains("delete the list and the manifests that it lists", told.Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain("on purpose", told.Explanation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_layer_that_is_lost_needs_its_manifest_and_list_deleted(bool isList)
    {
        BuiltManifest image = isList ? List : Image;
        await using MirrorPair pair = await MirrorPair.StartAsync(image);
        pair.Depth = ValidationDepth.Blob;
        pair.Destination.Store.DeleteBlob(MirrorPair.DestinationRepository, (isList ? List.Children[0] : Image).Blobs[1].Digest);
        MirrorDifference told = Assert.Single((await pair.ValidateAsync(ComparisonMode.Platform)).Differences);
        Assert.Equal("BlobMissing", told.Kind);
        Assert.Contains("Delete the manifest that needs it, and the list above it", told.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_layer_that_is_damaged_needs_garbage_collection()
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(List);
        pair.Depth = ValidationDepth.Content;
        pair.Destination.Faults.Add(new Fault
        {
            Path = $"*/blobs/{List.Children[0].Blobs[1].Digest}",
            TransformBody = body => [.. body.Select(one => (byte)~one)],
        });
        MirrorDifference told = Assert.Single((await pair.ValidateAsync()).Differences);
        Assert.Equal("BlobDigestMismatch", told.Kind);
        Assert.Contains("garbage collection", told.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_attestation_that_is_listed_and_lost_is_mended_like_any_child()
    {
        BuiltManifest index = SampleImages.OciIndex("s", attestations: true);
        await using MirrorPair pair = await MirrorPair.StartAsync(index);
        pair.With = options => options with { IncludeAttestation = true };
        Lose(pair, index.Children[4]);
        MirrorDifference told = Assert.Single((await pair.ValidateAsync()).Differences);
        Assert.Equal("AttestationMissing", told.Kind);
        Assert.Contains(Mends, told.Remedy, StringComparison.Ordinal);
    }

    private static void Lose(MirrorPair pair, BuiltManifest manifest) =>
        pair.Destination.Store.DeleteManifest(MirrorPair.DestinationRepository, manifest.Digest);
}
