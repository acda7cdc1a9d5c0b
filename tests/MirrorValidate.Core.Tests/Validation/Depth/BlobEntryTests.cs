using System.Globalization;
using System.Text;
using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Validation.Depth;

/// <summary>
/// Entries that name no manifests, as those of a build cache (BuildKit, cache/remotecache/export.go): a registry has
/// them as blobs.
/// </summary>
public sealed class BlobEntryTests
{
    private const string CacheConfig = "application/vnd.buildkit.cacheconfig.v0";

    private static readonly BuiltBlob[] Blobs =
    [
        LayerBuilder.Build("cache 1", 64),
        LayerBuilder.Build("cache 2", 64),
        new BuiltBlob(CacheConfig, """{"layers":[],"records":[]}"""u8.ToArray()),
    ];

    private static BuiltBlob Layer => Blobs[1];

    public static TheoryData<bool, ComparisonMode, ValidationDepth, int> Cases()
    {
        var data = new TheoryData<bool, ComparisonMode, ValidationDepth, int>();
        foreach (ComparisonMode mode in Enum.GetValues<ComparisonMode>())
        {
            foreach (bool isOci in new[] { true, false })
            {
                data.Add(isOci, mode, ValidationDepth.List, 2);
                data.Add(isOci, mode, ValidationDepth.Manifest, 5);
                data.Add(isOci, mode, ValidationDepth.Blob, 5);
                data.Add(isOci, mode, ValidationDepth.Content, 8);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_build_cache_is_looked_up_as_blobs_whatever_is_selected(
        bool isOci, ComparisonMode mode, ValidationDepth depth, int requests)
    {
        await using MirrorPair pair = await StartAsync(CacheOf(isOci, Blobs), depth);
        MirrorImageResult result = await pair.ValidateAsync(mode);
        ResultAssert.Passed(result);
        Assert.Empty(result.Differences);
        int blobs = depth >= ValidationDepth.Blob ? 3 : 0;
        Assert.Equal((depth.ToString(), 3, blobs), (result.Proof.Level, result.Proof.Manifests, result.Proof.Blobs));
        Assert.Equal(depth == ValidationDepth.Content ? Blobs.Sum(blob => blob.Size) : 0, result.Proof.Bytes);
        Assert.Equal(requests, result.RequestCount);
        Assert.Equal(3, result.SourceSpec.Count);
    }

    [Theory]
    [InlineData(ValidationDepth.Manifest)]
    [InlineData(ValidationDepth.Blob)]
    [InlineData(ValidationDepth.Content)]
    public async Task A_blob_that_is_gone_is_missing(ValidationDepth depth)
    {
        await using MirrorPair pair = await StartAsync(CacheOf(isOci: true, Blobs), depth);
        DepthSample.Remove(pair, Layer);
        MirrorImageResult result = await pair.ValidateAsync(ComparisonMode.Digest);
        ResultAssert.Failed(
            ValidationReason.BlobMissing,
            $"destination blob does not exists: [entry {Layer.Digest} ({Layer.MediaType}, {Layer.Size} bytes): missing]: ",
            result);
        Assert.Contains($"GET {DepthSample.PathOf(Layer)}: 404 Not Found", result.Message, StringComparison.Ordinal);
        Assert.Equal("BlobMissing", Assert.Single(result.Differences).Kind);
        Assert.NotEqual(depth.ToString(), result.Proof.Level);
    }

    [Fact]
    public async Task A_blob_of_another_size_or_with_other_bytes_is_found()
    {
        await using MirrorPair pair = await StartAsync(CacheOf(isOci: true, Blobs), ValidationDepth.Manifest);
        DepthSample.Replace(pair, Layer, [1, 2]);
        ResultAssert.Is(ValidationStatus.Failed, ValidationReason.BlobSizeMismatch, await pair.ValidateAsync());
        DepthSample.Replace(pair, Layer, DepthSample.Spoil(Layer.Content));
        ResultAssert.Passed(await pair.ValidateAsync());
        pair.Depth = ValidationDepth.Content;
        ResultAssert.Is(ValidationStatus.Failed, ValidationReason.BlobDigestMismatch, await pair.ValidateAsync());
    }

    [Theory]
    [InlineData(403, ValidationReason.Forbidden)]
    [InlineData(500, ValidationReason.RegistryUnavailable)]
    public async Task A_blob_that_cannot_be_looked_at_is_an_error(int status, ValidationReason reason)
    {
        await using MirrorPair pair = await StartAsync(CacheOf(isOci: true, Blobs), ValidationDepth.Manifest);
        pair.Destination.Faults.Add(new Fault { Path = DepthSample.PathOf(Layer), Status = status });
        ResultAssert.Error(reason, Layer.Digest, await pair.ValidateAsync());
    }

    [Theory]
    [InlineData("application/vnd.oci.image.layer.v1.tar+zstd", true)]
    [InlineData("application/vnd.oci.image.config.v1+json", true)]
    [InlineData("application/vnd.docker.container.image.v1+json", true)]
    [InlineData("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip", true)]
    [InlineData("application/vnd.oci.empty.v1+json", true)]
    [InlineData("application/vnd.cncf.helm.chart.content.v1.tar+gzip", true)]
    [InlineData("application/vnd.in-toto+json", true)]
    [InlineData("application/octet-stream", true)]
    [InlineData("application/vnd.example", false)]
    [InlineData("application/vnd.oci.artifact.manifest.v1+json", false)]
    public async Task Any_type_that_is_no_manifests_may_be_that_of_a_blob(string mediaType, bool isOneByType)
    {
        var blob = new BuiltBlob(mediaType, "content"u8.ToArray());
        await using MirrorPair pair = await StartAsync(CacheOf(isOci: true, blob), ValidationDepth.Manifest);
        if (!isOneByType)
            ResultAssert.Is(ValidationStatus.Error, ValidationReason.NoMatchingPlatform, await pair.ValidateAsync());
        ResultAssert.Passed(await pair.ValidateAsync(ComparisonMode.Digest, isOneByType ? "amd64" : "*"));
        DepthSample.Remove(pair, blob);
        MirrorImageResult result = await pair.ValidateAsync(ComparisonMode.Digest, "*");
        ResultAssert.Is(
            ValidationStatus.Failed,
            isOneByType ? ValidationReason.BlobMissing : ValidationReason.DestinationManifestMissing,
            result);
    }

    [Fact]
    public async Task Blobs_beside_images_are_looked_up_as_blobs_where_they_are_selected()
    {
        BuiltManifest image = SampleImages.Image("s", ImageFormat.Oci);
        BuiltManifest list = CacheOf(isOci: true, EntryOf(image.MediaType, image.Digest, image.Size), EntryOf(Layer));
        list = list with { Children = [image], Blobs = [Layer] };
        await using MirrorPair pair = await StartAsync(list, ValidationDepth.Blob);
        MirrorImageResult result = await pair.ValidateAsync(architectures: "*");
        ResultAssert.Passed(result);
        Assert.Equal((2, 3), (result.Proof.Manifests, result.Proof.Blobs));
        pair.Destination.Store.DeleteManifest(MirrorPair.DestinationRepository, image.Digest);
        ResultAssert.Failed(
            ValidationReason.DestinationManifestMissing, "failed to inspect dest image: [", await pair.ValidateAsync(architectures: "*"));
    }

    [Fact]
    public async Task An_entry_that_only_the_destination_calls_a_layer_is_no_blob()
    {
        BuiltManifest image = DepthSample.Amd64;
        BuiltManifest source = new IndexBuilder().Add(image).Build();
        BuiltManifest destination = new IndexBuilder().Add(new IndexEntry(image) { MediaType = Layer.MediaType }).Build();
        await using MirrorPair pair = await MirrorPair.StartAsync(source, destination);
        pair.Destination.Store.PutBlob(MirrorPair.DestinationRepository, image.Content);
        ResultAssert.Is(ValidationStatus.Failed, ValidationReason.DescriptorMismatch, await pair.ValidateAsync());
        pair.Destination.Store.DeleteManifest(MirrorPair.DestinationRepository, image.Digest);
        ResultAssert.Is(ValidationStatus.Failed, ValidationReason.DestinationManifestMissing, await pair.ValidateAsync());
    }

    [Fact]
    public async Task A_list_of_platforms_is_selected_by_platform_whatever_types_it_states()
    {
        BuiltManifest list = new IndexBuilder()
            .Add(new IndexEntry(DepthSample.Amd64) { MediaType = Layer.MediaType })
            .Add(new IndexEntry(DepthSample.S390x) { MediaType = Layer.MediaType })
            .Build();
        await using MirrorPair pair = await MirrorPair.StartAsync(list);
        MirrorImageResult result = await pair.ValidateAsync();
        ResultAssert.Passed(result);
        Assert.Equal(1, result.Proof.Manifests);
        ResultAssert.Is(
            ValidationStatus.Error, ValidationReason.NoMatchingPlatform, await pair.ValidateAsync(architectures: "arm64"));
    }

    private static BuiltManifest CacheOf(bool isOci, params BuiltBlob[] blobs) =>
        CacheOf(isOci, [.. blobs.Select(EntryOf)]) with { Blobs = blobs };

    private static BuiltManifest CacheOf(bool isOci, params string[] entries)
    {
        string mediaType = isOci
            ? "application/vnd.oci.image.index.v1+json"
            : "application/vnd.docker.distribution.manifest.list.v2+json";
        string json = $$"""{"schemaVersion":2,"mediaType":"{{mediaType}}","manifests":[{{string.Join(',', entries)}}]}""";
        return new BuiltManifest(mediaType, Encoding.UTF8.GetBytes(json));
    }

    private static string EntryOf(BuiltBlob blob) => EntryOf(blob.MediaType, blob.Digest, blob.Size);

    private static string EntryOf(string mediaType, string digest, long size) => string.Create(
        CultureInfo.InvariantCulture, $$"""{"mediaType":"{{mediaType}}","digest":"{{digest}}","size":{{size}}}""");

    private static async Task<MirrorPair> StartAsync(BuiltManifest image, ValidationDepth depth)
    {
        MirrorPair pair = await MirrorPair.StartAsync(image);
        pair.Depth = depth;
        return pair;
    }
}
