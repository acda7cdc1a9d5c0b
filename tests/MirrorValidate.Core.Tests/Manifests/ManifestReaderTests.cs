using System.Text;
using MirrorValidate.Embedded.Images;
using MirrorValidate.Manifests;
using MirrorValidate.References;
using static MirrorValidate.Core.Tests.Manifests.ManifestText;

namespace MirrorValidate.Core.Tests.Manifests;

/// <summary>What manifests say, where they are as the specifications have them.</summary>
public sealed class ManifestReaderTests
{
    public static TheoryData<string, Type> Kinds => new()
    {
        { MediaTypes.OciIndex, typeof(ManifestIndex) },
        { MediaTypes.DockerList, typeof(ManifestIndex) },
        { MediaTypes.OciManifest, typeof(ImageManifest) },
        { MediaTypes.DockerManifest, typeof(ImageManifest) },
        { MediaTypes.DockerSchema1, typeof(Schema1Manifest) },
        { MediaTypes.DockerSchema1Signed, typeof(Schema1Manifest) },
        { "application/vnd.example+json", typeof(UnknownManifest) },
        { "text/html", typeof(UnknownManifest) },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_media_type_says_what_a_manifest_is(string mediaType, Type kind)
    {
        string json = kind == typeof(ManifestIndex) ? Index(Entry) : kind == typeof(Schema1Manifest) ? Schema1 : Image();
        byte[] content = Encoding.UTF8.GetBytes(json);
        Manifest manifest = ManifestReader.Read(content, mediaType);
        Assert.IsType(kind, manifest);
        Assert.Equal(mediaType, manifest.MediaType);
        Assert.Equal(Digest.Of("sha256", content), manifest.Digest);
        Assert.Equal(content, manifest.Content.ToArray());
    }

    [Theory]
    [InlineData(MediaTypes.OciIndex + "; charset=utf-8")]
    [InlineData(MediaTypes.OciIndex + ";charset=utf-8;x=y")]
    [InlineData("  Application/VND.oci.image.INDEX.v1+json ;")]
    public void Parameters_and_case_of_the_Content_Type_say_nothing(string contentType) =>
        Assert.Equal(MediaTypes.OciIndex, Read(Index(Entry), contentType).MediaType);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/octet-stream")]
    [InlineData("text/plain")]
    public void Where_the_Content_Type_says_nothing_the_body_speaks_for_itself(string? contentType)
    {
        string list = With(Index(Entry), $"\"mediaType\":\"{MediaTypes.DockerList}\"");
        string image = With(Image(), $"\"mediaType\":\"{MediaTypes.DockerManifest}\"");
        Assert.Equal(MediaTypes.DockerList, Assert.IsType<ManifestIndex>(Read(list, contentType)).MediaType);
        Assert.Equal(MediaTypes.DockerManifest, Assert.IsType<ImageManifest>(Read(image, contentType)).MediaType);
        Assert.Equal(MediaTypes.OciIndex, Assert.IsType<ManifestIndex>(Read(Index(Entry), contentType)).MediaType);
        Assert.Equal(MediaTypes.OciManifest, Assert.IsType<ImageManifest>(Read(Image(), contentType)).MediaType);
        Assert.IsType<Schema1Manifest>(Read(Schema1, contentType));
        Assert.IsType<UnknownManifest>(Read("{}", contentType));
        Assert.IsType<UnknownManifest>(Read("""{"mediaType":"application/vnd.example+json"}""", contentType));
    }

    [Fact]
    public void Entries_say_digest_size_type_platform_and_annotations()
    {
        string entry =
            $$"""
            {"mediaType":"m","digest":"{{One}}","size":4096,"artifactType":"a","annotations":{"k":"v"},
             "platform":{"architecture":"arm64","os":"windows","variant":"v8","os.version":"10.0.1","os.features":["win32k"]} }
            """;
        Descriptor descriptor = Assert.Single(Assert.IsType<ManifestIndex>(Read(Index(entry), MediaTypes.OciIndex)).Entries);
        Assert.Equal(One, descriptor.Digest.ToString());
        Assert.Equal(("m", 4096L, "a", "v"), (descriptor.MediaType, descriptor.Size, descriptor.ArtifactType, descriptor.Annotations["k"]));
        Assert.Equal("windows/arm64/v8:10.0.1", descriptor.Platform!.ToString());
        Assert.Equal(["win32k"], descriptor.Platform.OSFeatures);
    }

    [Fact]
    public void Entries_may_leave_out_all_but_digest_and_size_and_null_leaves_out_too()
    {
        string nulls = $$"""{"mediaType":null,"digest":"{{One}}","size":7,"platform":null,"annotations":null,"artifactType":null,"urls":null}""";
        foreach (string entry in new[] { $$"""{"digest":"{{One}}","size":7}""", nulls })
        {
            Descriptor descriptor = Assert.Single(Assert.IsType<ManifestIndex>(Read(Index(entry), MediaTypes.OciIndex)).Entries);
            Assert.Equal(("", 7), (descriptor.MediaType, descriptor.Size));
            Assert.Empty(descriptor.Urls);
            Assert.Null(descriptor.Platform);
            Assert.Empty(descriptor.Annotations);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(",\"size\":null")]
    public void An_entry_without_a_size_is_malformed_and_a_layer_is_not(string size)
    {
        string descriptor = $$"""{"mediaType":"m/n","digest":"{{One}}"{{size}}}""";
        Assert.Equal($"the index entry {One} has no size", Refuse(Index(Entry, descriptor), MediaTypes.OciIndex));
        var image = Assert.IsType<ImageManifest>(Read(Image(descriptor, $"[{descriptor}]"), MediaTypes.OciManifest));
        Assert.Equal((Descriptor.UnknownSize, Descriptor.UnknownSize), (image.Config.Size, image.Layers[0].Size));
    }

    [Fact]
    public void Null_is_an_empty_text_among_texts_and_nothing_in_place_of_an_array_or_a_map()
    {
        string Entry(string members) => $$"""{"mediaType":"m/n","digest":"{{One}}","size":7,{{members}}}""";
        Descriptor ReadEntry(string members) =>
            Assert.Single(Assert.IsType<ManifestIndex>(Read(Index(Entry(members)), MediaTypes.OciIndex)).Entries);

        Assert.Equal(new Dictionary<string, string> { ["k"] = "", ["l"] = "v" }, ReadEntry("""
            "annotations":{"k":null,"l":"v"}
            """).Annotations);
        Assert.Equal(["", "https://x.example"], ReadEntry("""
            "urls":[null,"https://x.example"]
            """).Urls);
        Assert.Equal(["", "win32k"], ReadEntry("""
            "platform":{"os.features":[null,"win32k"]}
            """).Platform!.OSFeatures);
        Descriptor nothing = ReadEntry("""
            "annotations":null,"urls":null,"artifactType":null,
            "platform":{"architecture":null,"os":null,"variant":null,"os.version":null,"os.features":null}
            """);
        Assert.Equal(new Platform(), nothing.Platform);
        Assert.Empty(nothing.Annotations);
        Assert.Empty(nothing.Urls);
        Assert.Equal(new Platform(), ImageConfig.Read("""{"architecture":null,"os":null,"os.features":null}"""u8.ToArray()).Platform);
    }

    [Theory]
    [InlineData("\"annotations\":{\"k\":1}")]
    [InlineData("\"annotations\":[]")]
    [InlineData("\"urls\":[[]]")]
    [InlineData("\"urls\":\"x\"")]
    [InlineData("\"platform\":{\"os.features\":[{}]}")]
    [InlineData("\"platform\":{\"os.features\":\"win32k\"}")]
    public void Other_types_than_null_are_refused_in_place_of_texts_and_arrays(string members) =>
        Refuse(Index($$"""{"mediaType":"m/n","digest":"{{One}}","size":7,{{members}}}"""), MediaTypes.OciIndex);

    [Theory]
    [InlineData("""{"schemaVersion":2,"manifests":[]}""")]
    [InlineData("""{"schemaVersion":2,"manifests":null}""")]
    [InlineData("""{"manifests":[],"config":null,"layers":null}""")]
    public void A_list_may_be_empty(string json) => Assert.Empty(Assert.IsType<ManifestIndex>(Read(json, MediaTypes.DockerList)).Entries);

    [Theory]
    [InlineData(MediaTypes.OciManifest, MediaTypes.OciConfig, true)]
    [InlineData(MediaTypes.OciManifest, MediaTypes.DockerConfig, true)]
    [InlineData(MediaTypes.OciManifest, "application/vnd.cncf.helm.config.v1+json", false)]
    [InlineData(MediaTypes.OciManifest, "application/vnd.oci.empty.v1+json", false)]
    [InlineData(MediaTypes.OciManifest, "", false)]
    [InlineData(MediaTypes.DockerManifest, MediaTypes.DockerConfig, true)]
    [InlineData(MediaTypes.DockerManifest, "application/octet-stream", true)]
    [InlineData(MediaTypes.DockerManifest, "", true)]
    [InlineData(MediaTypes.DockerManifest, "application/vnd.docker.plugin.v1+json", false)]
    public void The_config_tells_an_image_from_an_artifact(string mediaType, string configType, bool isImage)
    {
        string config = $$"""{"mediaType":"{{configType}}","digest":"{{One}}","size":7}""";
        Assert.Equal(isImage, Assert.IsType<ImageManifest>(Read(Image(config), mediaType)).IsImage);
    }

    [Fact]
    public void An_image_says_its_config_and_layers()
    {
        var image = Assert.IsType<ImageManifest>(Read(With(Image(), "\"artifactType\":\"a/b\""), MediaTypes.OciManifest));
        Assert.Equal(One, image.Config.Digest.ToString());
        Assert.Equal(Other, Assert.Single(image.Layers).Digest.ToString());
        Assert.Equal("a/b", image.ArtifactType);
    }

    [Fact]
    public void The_digest_is_of_the_algorithm_that_was_asked_for()
    {
        byte[] content = Encoding.UTF8.GetBytes(Index(Entry));
        Assert.Equal(Digest.Of("sha512", content), ManifestReader.Read(content, MediaTypes.OciIndex, "sha512").Digest);
    }

    [Fact]
    public void Every_sample_image_is_read_as_what_it_is()
    {
        foreach (BuiltManifest built in Samples.All)
        {
            Manifest manifest = ManifestReader.Read(built.Content, built.MediaType);
            Assert.Equal(built.Digest, manifest.Digest.ToString());
            if (manifest is ManifestIndex index)
                Assert.Equal(built.Children.Select(child => child.Digest), index.Entries.Select(entry => entry.Digest.ToString()));
        }
    }
}
