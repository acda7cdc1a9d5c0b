using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Validation.Depth;

/// <summary>What many images share is looked at once in a run.</summary>
public sealed class SharedBlobTests
{
    private static BuiltBlob Layer => DepthSample.Layer;

    [Theory]
    [InlineData(ValidationDepth.Blob, 1)]
    [InlineData(ValidationDepth.Blob, 8)]
    [InlineData(ValidationDepth.Content, 1)]
    [InlineData(ValidationDepth.Content, 8)]
    public async Task A_blob_is_asked_for_once(ValidationDepth depth, int atOnce)
    {
        await using MirrorPair pair = await StartAsync(depth);
        MirrorImageResult[] results = await pair.ValidateRunAsync(atOnce, [.. Enumerable.Repeat(pair.Line, 8)]);
        Assert.All(results, ResultAssert.Passed);
        Assert.All(results, result => Assert.Equal(results[0].Proof with { ForeignLayers = result.Proof.ForeignLayers }, result.Proof));
        Assert.Equal(6, results[0].Proof.Blobs);
        Assert.All(DepthSample.Selected, blob => Assert.Single(DepthSample.Asked(pair, blob)));
    }

    [Fact]
    public async Task Another_repository_is_another_place()
    {
        await using MirrorPair pair = await StartAsync(ValidationDepth.Blob);
        DepthSample.List.PutInto(pair.Destination.Store, "mirror/other", "v1");
        pair.Destination.Store.DeleteBlob("mirror/other", Layer.Digest);
        MirrorImageResult[] results = await pair.ValidateRunAsync(1, pair.Line, pair.Line.Replace("mirror/app", "mirror/other", StringComparison.Ordinal));
        Assert.Equal(["None", "BlobMissing"], results.Select(result => result.Reason));
    }

    [Fact]
    public async Task Damage_is_told_of_every_image_and_found_once()
    {
        await using MirrorPair pair = await StartAsync(ValidationDepth.Content);
        DepthSample.Replace(pair, Layer, DepthSample.Spoil(Layer.Content));
        MirrorImageResult[] results = await pair.ValidateRunAsync(4, [.. Enumerable.Repeat(pair.Line, 4)]);
        Assert.All(results, result => ResultAssert.Failed(ValidationReason.BlobDigestMismatch, $"destination blob has another digest: [{DepthSample.LayerWords}", result));
        Assert.Single(DepthSample.Asked(pair, Layer));
    }

    [Fact]
    public async Task Trouble_is_not_remembered()
    {
        await using MirrorPair pair = await StartAsync(ValidationDepth.Blob);
        pair.Destination.Faults.Add(new Fault { Path = DepthSample.PathOf(Layer), Status = 500, Times = 1 });
        MirrorImageResult[] results = await pair.ValidateRunAsync(1, pair.Line, pair.Line);
        Assert.Equal(["RegistryUnavailable", "None"], results.Select(result => result.Reason));
    }

    [Fact]
    public async Task Who_waits_for_another_has_the_time_of_his_own_image()
    {
        await using MirrorPair pair = await StartAsync(ValidationDepth.Content);
        pair.Timeout = TimeSpan.FromSeconds(3);
        pair.Destination.Faults.Add(new Fault { Path = DepthSample.PathOf(Layer), HangForever = true });
        MirrorImageResult[] results = await pair.ValidateRunAsync(3, pair.Line, pair.Line, pair.Line);
        Assert.All(results, result => ResultAssert.Error(ValidationReason.TimedOut, Layer.Digest, result));
    }

    [Fact]
    public async Task Descriptors_of_one_blob_may_differ_in_size()
    {
        BuiltBlob layer = LayerBuilder.Build("layer", 64);
        BuiltManifest right = BlobImage.Of(layer);
        BuiltManifest wrong = BlobImage.Of((layer.Digest, layer.Size + 1));
        await using MirrorPair pair = await StartAsync(ValidationDepth.Blob);
        foreach ((BuiltManifest image, string tag) in new[] { (right, "right"), (wrong, "wrong") })
        {
            BuiltManifest list = SampleImages.Wrapped(image);
            list.PutInto(pair.Source.Store, MirrorPair.SourceRepository, tag);
            list.PutInto(pair.Destination.Store, MirrorPair.DestinationRepository, tag);
        }

        string line = pair.Line[..^2];
        MirrorImageResult[] results = await pair.ValidateRunAsync(1, line + "right", line + "wrong", line + "right");
        Assert.Equal(["None", "BlobSizeMismatch", "None"], results.Select(result => result.Reason));
    }

    private static async Task<MirrorPair> StartAsync(ValidationDepth depth)
    {
        MirrorPair pair = await MirrorPair.StartAsync(DepthSample.List);
        pair.Depth = depth;
        return pair;
    }
}
