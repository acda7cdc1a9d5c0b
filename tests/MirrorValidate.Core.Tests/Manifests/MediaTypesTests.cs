using MirrorValidate.Manifests;
using static MirrorValidate.Core.Tests.Manifests.ManifestText;

namespace MirrorValidate.Core.Tests.Manifests;

/// <summary>What media types, and the artifact types beside them, say of a manifest and its layers.</summary>
public sealed class MediaTypesTests
{
    [Fact]
    public void All_manifest_types_are_accepted_and_newer_ones_first() => Assert.Equal(
        "application/vnd.oci.image.index.v1+json, application/vnd.docker.distribution.manifest.list.v2+json, "
        + "application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json, "
        + "application/vnd.docker.distribution.manifest.v1+prettyjws, "
        + "application/vnd.docker.distribution.manifest.v1+json",
        MediaTypes.Accept);

    [Theory]
    [InlineData(MediaTypes.OciIndex, true)]
    [InlineData(MediaTypes.DockerList, true)]
    [InlineData(MediaTypes.OciManifest, true)]
    [InlineData(MediaTypes.DockerManifest, true)]
    [InlineData(MediaTypes.DockerSchema1, true)]
    [InlineData(MediaTypes.DockerSchema1Signed, true)]
    [InlineData(MediaTypes.OciConfig, false)]
    [InlineData("", false)]
    public void Manifest_types_are_known(string mediaType, bool isKnown) =>
        Assert.Equal(isKnown, MediaTypes.IsKnown(mediaType));

    [Theory]
    [InlineData("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip", true)]
    [InlineData("application/vnd.docker.image.rootfs.foreign.diff.tar", true)]
    [InlineData("application/vnd.oci.image.layer.nondistributable.v1.tar", true)]
    [InlineData("application/vnd.oci.image.layer.nondistributable.v1.tar+zstd", true)]
    [InlineData("application/vnd.docker.image.rootfs.diff.tar.gzip", false)]
    [InlineData("application/vnd.oci.image.layer.v1.tar", false)]
    [InlineData("", false)]
    public void Layers_that_may_not_be_distributed_are_foreign(string mediaType, bool isForeign) =>
        Assert.Equal(isForeign, MediaTypes.IsForeignLayer(mediaType));

    [Fact]
    public void A_layer_type_of_null_is_a_mistake_of_the_caller() =>
        Assert.Throws<ArgumentNullException>("mediaType", () => MediaTypes.IsForeignLayer(null!));

    [Theory]
    [InlineData("application/vnd.in-toto+json", true)]
    [InlineData("application/vnd.dsse.envelope.v1+json", true)]
    [InlineData("text/spdx", true)]
    [InlineData("text/spdx+xml", true)]
    [InlineData("text/spdx+json", true)]
    [InlineData("application/vnd.dev.cosign.simplesigning.v1+json", true)]
    [InlineData("application/vnd.dev.sigstore.bundle.v0.3+json", true)]
    [InlineData("application/vnd.cyclonedx+json", true)]
    [InlineData("application/vnd.syft+json", true)]
    [InlineData("application/vnd.oci.image.layer.v1.tar", false)]
    [InlineData("", false)]
    public void Layers_that_state_something_of_an_image_are_no_image(string mediaType, bool isStatement)
    {
        Assert.Equal(isStatement, MediaTypes.IsStatement(mediaType));
        Assert.Equal(!isStatement, ImageOf($"[{Layer(mediaType)}]").IsImage);
        Assert.True(ImageOf($"[{Layer(mediaType)},{Layer("application/vnd.oci.image.layer.v1.tar")}]").IsImage);
    }

    [Fact]
    public void An_image_may_have_no_layers() => Assert.True(ImageOf("[]").IsImage);

    [Theory]
    [InlineData("\"a/b\"", "", true)]
    [InlineData("\"\"", "", false)]
    [InlineData("null", "", false)]
    [InlineData("\"a/b\"", "{0}", true)]
    [InlineData("\"a/b\"", "{0},{1}", false)]
    [InlineData("\"a/b\"", "{3},{2}", true)]
    [InlineData("null", "{2}", true)]
    [InlineData("null", "{2},{2}", true)]
    [InlineData("null", "{2},{0}", false)]
    [InlineData("null", "{3}", false)]
    [InlineData("null", "{4}", false)]
    [InlineData("null", "{2},{5}", false)]
    public void An_index_is_an_artifact_if_it_or_every_entry_says_so(string artifactType, string entries, bool isTrue)
    {
        string[] kinds =
        [
            Entry("\"size\":1"),
            Entry("\"size\":1,\"platform\":{\"os\":\"linux\",\"architecture\":\"amd64\"}"),
            Entry("\"size\":1,\"artifactType\":\"a/b\""),
            Entry("\"size\":1,\"platform\":{\"os\":\"unknown\",\"architecture\":\"unknown\"}"),
            Entry("\"size\":1,\"artifactType\":\"\""),
            Entry("\"size\":1,\"artifactType\":\"a/b\",\"platform\":{\"os\":\"linux\",\"architecture\":\"amd64\"}"),
        ];
        for (int i = 0; i < kinds.Length; i++)
            entries = entries.Replace($"{{{i}}}", kinds[i], StringComparison.Ordinal);
        string json = With(Index(entries), $"\"artifactType\":{artifactType}");
        Assert.Equal(isTrue, Assert.IsType<ManifestIndex>(Read(json, MediaTypes.OciIndex)).IsArtifact);
    }

    [Fact]
    public void An_artifact_type_that_is_not_stated_is_null()
    {
        var index = Assert.IsType<ManifestIndex>(Read(Index(Entry("\"size\":0")), MediaTypes.OciIndex));
        Assert.Null(index.ArtifactType);
        Assert.Null(index.Entries[0].ArtifactType);
        Assert.Equal(0, index.Entries[0].Size);
        Assert.Null(ImageOf("[]").ArtifactType);
    }

    [Theory]
    [InlineData("""{"schemaVersion":3}""", "application/vnd.example+json", "application/vnd.example+json")]
    [InlineData("""{"schemaVersion":"x"}""", "text/html", "text/html")]
    [InlineData("{}", null, "")]
    [InlineData("{}", "application/json", "application/json")]
    public void A_document_of_another_type_keeps_the_stated_type(string json, string? stated, string mediaType) =>
        Assert.Equal(mediaType, Assert.IsType<UnknownManifest>(Read(json, stated)).MediaType);

    [Fact]
    public void The_members_of_a_platform_are_empty_where_they_are_not_stated()
    {
        var platform = new Platform();
        Assert.Equal(("", "", "", ""), (platform.Architecture, platform.OS, platform.Variant, platform.OSVersion));
        Assert.Empty(platform.OSFeatures);
        Assert.Equal("/", platform.ToString());
    }

    private static string Entry(string members) => $$"""{"digest":"{{One}}",{{members}}}""";

    private static string Layer(string mediaType) => $$"""{"mediaType":"{{mediaType}}","digest":"{{One}}"}""";

    private static ImageManifest ImageOf(string layers) =>
        Assert.IsType<ImageManifest>(Read(Image(Config, layers), MediaTypes.OciManifest));
}
