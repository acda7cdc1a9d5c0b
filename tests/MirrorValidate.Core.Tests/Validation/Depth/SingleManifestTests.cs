using MirrorValidate.Embedded.Images;
using MirrorValidate.Registries;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Validation.Depth;

/// <summary>A destination that is one manifest counts as a list of one, and was read already.</summary>
public sealed class SingleManifestTests
{
    [Theory]
    [InlineData(ComparisonMode.Platform, ValidationDepth.Blob)]
    [InlineData(ComparisonMode.Platform, ValidationDepth.Content)]
    [InlineData(ComparisonMode.Digest, ValidationDepth.Blob)]
    [InlineData(ComparisonMode.Digest, ValidationDepth.Content)]
    public async Task The_blobs_of_a_plain_image_are_looked_at(ComparisonMode mode, ValidationDepth depth)
    {
        BuiltManifest image = DepthSample.Amd64;
        await using MirrorPair pair = await StartAsync(image, depth);
        MirrorImageResult result = await pair.ValidateAsync(mode);
        ResultAssert.Passed(result);
        Assert.Equal((depth.ToString(), 1, 3), (result.Proof.Level, result.Proof.Manifests, result.Proof.Blobs));
        Assert.Single(pair.Asked(RegistrySide.Destination), one => one is "GET v1");
        Assert.DoesNotContain(pair.Asked(RegistrySide.Destination), one => one.EndsWith(image.Digest, StringComparison.Ordinal));
        DepthSample.Remove(pair, image.Blobs[2]);
        MirrorImageResult damaged = await pair.ValidateAsync(mode);
        ResultAssert.Failed(ValidationReason.BlobMissing, $"destination blob does not exists: [linux/amd64 layer {image.Blobs[2].Digest}", damaged);
        MirrorDifference difference = Assert.Single(damaged.Differences);
        Assert.Equal(("BlobMissing", "linux/amd64", image.Blobs[2].Digest), (difference.Kind, difference.Platform, difference.Source));
    }

    [Theory]
    [InlineData(ValidationDepth.List)]
    [InlineData(ValidationDepth.Manifest)]
    public async Task Above_that_nothing_more_is_asked(ValidationDepth depth)
    {
        await using MirrorPair pair = await StartAsync(DepthSample.Amd64, depth);
        MirrorImageResult result = await pair.ValidateAsync(ComparisonMode.Digest);
        ResultAssert.Passed(result);
        Assert.Equal((depth.ToString(), 1, 0, 0), (result.Proof.Level, result.Proof.Manifests, result.Proof.Blobs, DepthSample.AskedForBlobs(pair)));
    }

    [Fact]
    public async Task The_blobs_of_an_artifact_are_looked_at()
    {
        BuiltManifest chart = ArtifactBuilder.HelmChart("chart");
        await using MirrorPair pair = await StartAsync(chart, ValidationDepth.Content);
        MirrorImageResult result = await pair.ValidateAsync(ComparisonMode.Digest);
        ResultAssert.Passed(result);
        Assert.Equal((1, 2, chart.Blobs.Sum(blob => (long)blob.Size)), (result.Proof.Manifests, result.Proof.Blobs, result.Proof.Bytes));
        DepthSample.Replace(pair, chart.Blobs[1], DepthSample.Spoil(chart.Blobs[1].Content));
        ResultAssert.Failed(ValidationReason.BlobDigestMismatch, $"destination blob has another digest: [layer {chart.Blobs[1].Digest}", await pair.ValidateAsync(ComparisonMode.Digest));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_layers_of_schema_1_are_looked_at_without_a_size(bool isSigned)
    {
        BuiltManifest image = SampleImages.Schema1("s", MirrorPair.SourceRepository, "v1", isSigned);
        await using MirrorPair pair = await StartAsync(image, ValidationDepth.Content);
        MirrorImageResult result = await pair.ValidateAsync(ComparisonMode.Platform);
        ResultAssert.Passed(result);
        Assert.Equal((1, 2, image.Blobs.Sum(blob => (long)blob.Size)), (result.Proof.Manifests, result.Proof.Blobs, result.Proof.Bytes));
        DepthSample.Replace(pair, image.Blobs[0], [1]);
        ResultAssert.Failed(
            ValidationReason.BlobDigestMismatch,
            $"destination blob has another digest: [linux/amd64 layer {image.Blobs[0].Digest}: its content has",
            await pair.ValidateAsync(ComparisonMode.Platform));
        pair.Depth = ValidationDepth.Blob;
        ResultAssert.Passed(await pair.ValidateAsync(ComparisonMode.Platform));
        DepthSample.Remove(pair, image.Blobs[0]);
        ResultAssert.Failed(
            ValidationReason.BlobMissing, $"destination blob does not exists: [linux/amd64 layer {image.Blobs[0].Digest}: missing]", await pair.ValidateAsync(ComparisonMode.Platform));
    }

    private static async Task<MirrorPair> StartAsync(BuiltManifest image, ValidationDepth depth)
    {
        MirrorPair pair = await MirrorPair.StartAsync(image);
        pair.Depth = depth;
        return pair;
    }
}
