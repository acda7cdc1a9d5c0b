using MirrorValidate.Embedded.Images;
using MirrorValidate.Registries;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Validation.Depth;

/// <summary>An index may lie in an index; what it lists takes part where it does.</summary>
public sealed class NestedIndexTests
{
    private static readonly BuiltManifest Nested = SampleImages.NestedIndex("s");
    private static readonly BuiltManifest Inner = Nested.Children[0];
    private static readonly BuiltManifest Outer = Nested.Children[1];
    private static readonly BuiltManifest Arm64 = Inner.Child("linux/arm64/v8");

    [Theory]
    [InlineData(ValidationDepth.List, 2, 0)]
    [InlineData(ValidationDepth.Manifest, 4, 0)]
    [InlineData(ValidationDepth.Blob, 4, 6)]
    [InlineData(ValidationDepth.Content, 4, 6)]
    public async Task It_is_descended_with_all_architectures(ValidationDepth depth, int manifests, int blobs)
    {
        await using MirrorPair pair = await StartAsync(Nested, depth);
        MirrorImageResult result = await pair.ValidateAsync(architectures: "*");
        ResultAssert.Passed(result);
        Assert.Equal((depth.ToString(), manifests, blobs), (result.Proof.Level, result.Proof.Manifests, result.Proof.Blobs));
        Assert.Equal(2 + (depth == ValidationDepth.List ? 0 : 4) + blobs, result.RequestCount);
    }

    [Fact]
    public async Task What_it_lists_must_be_there_at_the_default_depth()
    {
        await using MirrorPair pair = await StartAsync(Nested, ValidationDepth.Manifest);
        pair.Destination.Store.DeleteManifest(MirrorPair.DestinationRepository, Arm64.Digest);
        ResultAssert.Failed(
            ValidationReason.DestinationManifestMissing,
            $"failed to inspect dest image: [{pair.Destination.Host}/mirror/app@{Arm64.Digest} (linux/arm64/v8)]: ",
            await pair.ValidateAsync(architectures: "*"));
        Assert.Contains($"GET {Inner.Digest}", pair.Asked(RegistrySide.Destination));
        Assert.DoesNotContain($"HEAD {Inner.Digest}", pair.Asked(RegistrySide.Destination));
        Assert.Contains($"HEAD {Outer.Digest}", pair.Asked(RegistrySide.Destination));
    }

    [Fact]
    public async Task It_must_be_there_itself()
    {
        await using MirrorPair pair = await StartAsync(Nested, ValidationDepth.Manifest);
        pair.Destination.Store.DeleteManifest(MirrorPair.DestinationRepository, Inner.Digest);
        ResultAssert.Failed(ValidationReason.DestinationManifestMissing, $"failed to inspect dest image: [{pair.Destination.Host}/mirror/app@{Inner.Digest}]: ", await pair.ValidateAsync(architectures: "*"));
    }

    [Fact]
    public async Task A_blob_below_it_is_named_with_its_platform()
    {
        await using MirrorPair pair = await StartAsync(Nested, ValidationDepth.Blob);
        DepthSample.Remove(pair, Arm64.Blobs[1]);
        ResultAssert.Failed(ValidationReason.BlobMissing, $"destination blob does not exists: [linux/arm64/v8 layer {Arm64.Blobs[1].Digest}", await pair.ValidateAsync(architectures: "*"));
    }

    [Fact]
    public async Task A_selection_leaves_it_out_and_asks_nothing_of_it()
    {
        await using MirrorPair pair = await StartAsync(Nested, ValidationDepth.Content);
        pair.Destination.Store.DeleteManifest(MirrorPair.DestinationRepository, Inner.Digest);
        MirrorImageResult result = await pair.ValidateAsync(architectures: "s390x");
        ResultAssert.Passed(result);
        Assert.Equal((1, 2), (result.Proof.Manifests, result.Proof.Blobs));
    }

    [Fact]
    public async Task What_is_not_selected_in_one_that_is_takes_no_part()
    {
        BuiltManifest list = new IndexBuilder(ImageFormat.Oci).Add(new IndexEntry(Inner) { Platform = ImagePlatform.LinuxAmd64 }).Build();
        await using MirrorPair pair = await StartAsync(list, ValidationDepth.Manifest);
        pair.Destination.Store.DeleteManifest(MirrorPair.DestinationRepository, Arm64.Digest);
        MirrorImageResult result = await pair.ValidateAsync(architectures: "amd64");
        ResultAssert.Passed(result);
        Assert.Equal(2, result.Proof.Manifests);
        ResultAssert.Failed(ValidationReason.DestinationManifestMissing, "failed to inspect", await pair.ValidateAsync());
    }

    [Fact]
    public async Task What_states_no_platform_has_that_of_the_index_above_it()
    {
        BuiltManifest image = SampleImages.Image("bare");
        BuiltManifest inner = new IndexBuilder(ImageFormat.Oci).Add(new IndexEntry(image) { Platform = null }).Build();
        BuiltManifest list = new IndexBuilder(ImageFormat.Oci).Add(new IndexEntry(inner) { Platform = ImagePlatform.LinuxS390x }).Build();
        await using MirrorPair pair = await StartAsync(list, ValidationDepth.Manifest);
        pair.Destination.Store.DeleteManifest(MirrorPair.DestinationRepository, image.Digest);
        ResultAssert.Failed(
            ValidationReason.DestinationManifestMissing,
            $"failed to inspect dest image: [{pair.Destination.Host}/mirror/app@{image.Digest} (linux/s390x)]: ",
            await pair.ValidateAsync(architectures: "*"));
    }

    [Fact]
    public async Task One_that_its_entry_calls_an_image_is_descended_where_it_is_read()
    {
        BuiltManifest list = new IndexBuilder(ImageFormat.Oci).Add(new IndexEntry(Inner) { MediaType = Outer.MediaType }).Build();
        await using MirrorPair pair = await StartAsync(list, ValidationDepth.Blob);
        MirrorImageResult result = await pair.ValidateAsync(architectures: "*");
        ResultAssert.Passed(result);
        Assert.Equal((3, 4), (result.Proof.Manifests, result.Proof.Blobs));
    }

    [Theory]
    [InlineData(8, true)]
    [InlineData(9, false)]
    public async Task The_depth_is_bounded(int nesting, bool passes)
    {
        BuiltManifest list = SampleImages.OciIndex("deep", [ImagePlatform.LinuxAmd64]);
        for (int i = 0; i < nesting; i++) list = new IndexBuilder(ImageFormat.Oci).Add(list).Build();
        await using MirrorPair pair = await StartAsync(list, ValidationDepth.Manifest);
        MirrorImageResult result = await pair.ValidateAsync(architectures: "*");
        if (passes) ResultAssert.Passed(result);
        else ResultAssert.Error(ValidationReason.ResponseTooLarge, "indexes lie in indexes more than 8 deep", result);
    }

    private static async Task<MirrorPair> StartAsync(BuiltManifest image, ValidationDepth depth)
    {
        MirrorPair pair = await MirrorPair.StartAsync(image);
        pair.Depth = depth;
        return pair;
    }
}
