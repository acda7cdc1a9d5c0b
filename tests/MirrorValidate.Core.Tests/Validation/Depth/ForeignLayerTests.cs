using MirrorValidate.Core.Tests.Registries;
using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Validation.Depth;

/// <summary>Layers that may not be distributed are named where they are not there, and checked where they are.</summary>
public sealed class ForeignLayerTests
{
    private const string Docker = "\"mediaType\":\"application/vnd.docker.image.rootfs.foreign.diff.tar.gzip\"";

    private static readonly BuiltBlob Foreign = LayerBuilder.Build("foreign https://layers.example/1", 64);

    public static TheoryData<string> Kinds() =>
    [
        Docker,
        "\"mediaType\":\"application/vnd.oci.image.layer.nondistributable.v1.tar\"",
        "\"mediaType\":\"application/vnd.oci.image.layer.nondistributable.v1.tar+gzip\"",
        "\"mediaType\":\"application/vnd.oci.image.layer.nondistributable.v1.tar+zstd\"",
        "\"mediaType\":\"application/vnd.oci.image.layer.v1.tar+gzip\",\"urls\":[\"https://layers.example/1\"]",
    ];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task One_that_is_not_there_is_named_and_passes(string kind)
    {
        foreach (ValidationDepth depth in new[] { ValidationDepth.Blob, ValidationDepth.Content })
        {
            var log = new CapturedLog();
            await using MirrorPair pair = await StartAsync(kind, depth);
            pair.Log = log;
            MirrorImageResult result = await pair.ValidateAsync();
            ResultAssert.Passed(result);
            Assert.Equal([Foreign.Digest], result.Proof.ForeignLayers);
            Assert.Equal((depth.ToString(), 1), (result.Proof.Level, result.Proof.Blobs));
            Assert.EndsWith(", 1 foreign layer", result.Proof.ToString(), StringComparison.Ordinal);
            Assert.Contains($"[WARN] [M_ID:7] the foreign linux/amd64 layer {Foreign.Digest} ", log.Text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task One_that_is_there_is_checked(string kind)
    {
        await using MirrorPair pair = await StartAsync(kind, ValidationDepth.Content);
        pair.Destination.Store.PutBlob(MirrorPair.DestinationRepository, Foreign.Content);
        MirrorImageResult result = await pair.ValidateAsync();
        ResultAssert.Passed(result);
        Assert.Empty(result.Proof.ForeignLayers);
        Assert.Equal(2, result.Proof.Blobs);
        DepthSample.Replace(pair, Foreign, DepthSample.Spoil(Foreign.Content));
        ResultAssert.Is(ValidationStatus.Failed, ValidationReason.BlobDigestMismatch, await pair.ValidateAsync());
    }

    [Fact]
    public async Task One_that_cannot_be_looked_for_is_an_error()
    {
        await using MirrorPair pair = await StartAsync(Docker, ValidationDepth.Blob);
        pair.Destination.Faults.Add(new Fault { Path = DepthSample.PathOf(Foreign), Status = 500 });
        ResultAssert.Error(ValidationReason.RegistryUnavailable, Foreign.Digest, await pair.ValidateAsync());
    }

    private static async Task<MirrorPair> StartAsync(string kind, ValidationDepth depth)
    {
        string layer = $$"""{{{kind}},"digest":"{{Foreign.Digest}}","size":{{Foreign.Size.ToString(System.Globalization.CultureInfo.InvariantCulture)}}}""";
        MirrorPair pair = await MirrorPair.StartAsync(SampleImages.Wrapped(BlobImage.Write(layer)));
        pair.Depth = depth;
        return pair;
    }
}
