using System.Buffers.Text;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;

namespace MirrorValidate.Core.Tests.Embedded;

public sealed class ImageTests
{
    [Fact]
    public void Same_seed_same_digest_and_another_seed_another()
    {
        Func<string, BuiltManifest>[] kinds =
        [
            SampleImages.DockerList,
            seed => SampleImages.OciIndex(seed, attestations: true),
            seed => SampleImages.Image(seed),
            seed => SampleImages.Image(seed, ImageFormat.Oci),
            seed => SampleImages.Schema1(seed, "a", "1"),
            seed => SampleImages.Schema1(seed, "a", "2", isSigned: false),
            seed => ArtifactBuilder.HelmChart(seed),
            SampleImages.WindowsList,
            SampleImages.NestedIndex,
            seed => SampleImages.WideIndex(seed, 20),
        ];

        foreach (var kind in kinds)
        {
            Assert.Equal(kind("one").Digest, kind("one").Digest);
            Assert.NotEqual(kind("one").Digest, kind("two").Digest);
        }

        Assert.Equal(kinds.Length, kinds.Select(kind => kind("one").Digest).Distinct().Count());
    }

    [Theory]
    [InlineData(ImageFormat.Docker)]
    [InlineData(ImageFormat.Oci)]
    public void Image_hangs_together(ImageFormat format)
    {
        var platform = ImagePlatform.Parse("windows/arm/v7:10.0.1") with { OSFeatures = ["win32k"] };
        var image = new ImageBuilder("a") { Format = format, Platform = platform, LayerCount = 3, LayerSize = 5000 }.Build();
        using var manifest = JsonDocument.Parse(image.Content);
        using var config = JsonDocument.Parse(image.Blobs[0].Content);

        Assert.Equal(image.MediaType, manifest.RootElement.GetProperty("mediaType").GetString());
        Assert.Equal(
            image.Blobs.Select(blob => (blob.MediaType, blob.Digest, blob.Size)),
            manifest.RootElement.GetProperty("layers").EnumerateArray().Prepend(manifest.RootElement.GetProperty("config")).Select(
                item => (item.GetProperty("mediaType").GetString()!, item.GetProperty("digest").GetString()!, item.GetProperty("size").GetInt32())));
        Assert.Equal(
            image.Blobs.Skip(1).Select(layer => ContentDigest.Sha256(Decompress(layer.Content))),
            config.RootElement.GetProperty("rootfs").GetProperty("diff_ids").EnumerateArray().Select(item => item.GetString()!));
        Assert.Equal("arm", config.RootElement.GetProperty("architecture").GetString());
        Assert.Equal("windows", config.RootElement.GetProperty("os").GetString());
        Assert.Equal("v7", config.RootElement.GetProperty("variant").GetString());
        Assert.Equal("10.0.1", config.RootElement.GetProperty("os.version").GetString());
        Assert.Equal("win32k", config.RootElement.GetProperty("os.features")[0].GetString());

        using var tar = new TarReader(new MemoryStream(Decompress(image.Blobs[1].Content)));
        Assert.Equal("opt/content", tar.GetNextEntry()?.Name);
    }

    [Fact]
    public void Other_compression_keeps_the_diff_ids()
    {
        var usual = new ImageBuilder("a").Build();
        var other = new ImageBuilder("a") { Compression = CompressionLevel.NoCompression }.Build();

        Assert.NotEqual(usual.Blobs[1].Digest, other.Blobs[1].Digest);
        Assert.Equal(usual.Blobs[1].DiffId, other.Blobs[1].DiffId);
        Assert.Equal(usual.Blobs[0].Digest, other.Blobs[0].Digest);
    }

    [Fact]
    public void List_says_of_its_entries_what_is_true()
    {
        var list = SampleImages.WindowsList("a");
        using var document = JsonDocument.Parse(list.Content);

        Assert.Equal(
            list.Children.Select(child => (child.MediaType, child.Digest, child.Size, child.Platform!.Architecture, child.Platform.OSVersion)),
            document.RootElement.GetProperty("manifests").EnumerateArray().Select(entry => (
                entry.GetProperty("mediaType").GetString()!,
                entry.GetProperty("digest").GetString()!,
                entry.GetProperty("size").GetInt32(),
                entry.GetProperty("platform").GetProperty("architecture").GetString()!,
                entry.GetProperty("platform").TryGetProperty("os.version", out var version) ? version.GetString() : null)));
        Assert.Equal("windows/amd64:10.0.17763.5576", list.Children[1].Platform!.ToString());
    }

    [Fact]
    public void Attestations_name_the_images_that_they_attest()
    {
        var index = SampleImages.OciIndex("a", [ImagePlatform.LinuxAmd64, ImagePlatform.LinuxArm64], attestations: true);
        using var document = JsonDocument.Parse(index.Content);
        var entries = document.RootElement.GetProperty("manifests").EnumerateArray().ToArray();

        Assert.Equal(4, entries.Length);
        for (var number = 0; number < 2; number++)
        {
            var annotations = entries[number + 2].GetProperty("annotations");
            Assert.Equal("attestation-manifest", annotations.GetProperty("vnd.docker.reference.type").GetString());
            Assert.Equal(entries[number].GetProperty("digest").GetString(), annotations.GetProperty("vnd.docker.reference.digest").GetString());
            Assert.Equal("unknown", entries[number + 2].GetProperty("platform").GetProperty("os").GetString());
        }
    }

    [Fact]
    public void Entry_may_say_what_is_not_true()
    {
        var image = SampleImages.Image("a");
        var list = new IndexBuilder()
            .Add(new IndexEntry(image) { Platform = null })
            .Add(new IndexEntry(image) { Digest = "sha256:00", Size = 1, MediaType = "text/x", Platform = ImagePlatform.LinuxS390x })
            .Build();
        using var document = JsonDocument.Parse(list.Content);
        var entries = document.RootElement.GetProperty("manifests");

        Assert.False(entries[0].TryGetProperty("platform", out _));
        Assert.Equal("sha256:00", entries[1].GetProperty("digest").GetString());
        Assert.Equal("s390x", entries[1].GetProperty("platform").GetProperty("architecture").GetString());
    }

    [Fact]
    public void Schema1_signature_verifies_over_the_payload_that_gives_the_digest()
    {
        var signed = SampleImages.Schema1("a", "library/a", "1");
        var plain = SampleImages.Schema1("a", "library/a", "1", isSigned: false);
        using var document = JsonDocument.Parse(signed.Content);
        var signature = document.RootElement.GetProperty("signatures")[0];
        var key = signature.GetProperty("header").GetProperty("jwk");
        using var publicKey = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Decode(key.GetProperty("x")), Y = Decode(key.GetProperty("y")) },
        });
        var input = signature.GetProperty("protected").GetString() + "." + Base64Url.EncodeToString(plain.Content.Span);

        Assert.Equal(plain.Digest, signed.Digest);
        Assert.NotEqual(ContentDigest.Sha256(signed.Content.Span), signed.Digest);
        Assert.True(publicKey.VerifyData(Encoding.ASCII.GetBytes(input), Decode(signature.GetProperty("signature")), HashAlgorithmName.SHA256));
        Assert.Equal("library/a", document.RootElement.GetProperty("name").GetString());

        static byte[] Decode(JsonElement text) => Base64Url.DecodeFromChars(text.GetString());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("""{"signatures":[]}""")]
    [InlineData("""{"signatures":[{"protected":"e30"}]}""")]
    [InlineData("""{"signatures":[{"protected":"!"}]}""")]
    [InlineData("""{"signatures":[{"protected":"eyJmb3JtYXRMZW5ndGgiOjk5OTksImZvcm1hdFRhaWwiOiIifQ"}]}""")]
    public void Broken_signature_is_hashed_as_it_stands(string content)
    {
        var store = new RegistryStore();
        var bytes = Encoding.UTF8.GetBytes(content);

        Assert.Equal(ContentDigest.Sha256(bytes), store.PutManifest("a", "1", RegistryMediaTypes.DockerSchema1Signed, bytes));
    }

    [Fact]
    public void Lists_are_reordered_filtered_and_wrapped()
    {
        var list = SampleImages.OciIndex("a");
        var reordered = SampleImages.Reordered(list);
        var filtered = SampleImages.Filtered(list, platform => platform.Architecture == "amd64");

        Assert.NotEqual(list.Digest, reordered.Digest);
        Assert.Equal(list.Children.Select(child => child.Digest).Reverse(), reordered.Children.Select(child => child.Digest));
        Assert.Equal([list.Child("linux/amd64").Digest], filtered.Children.Select(child => child.Digest));
        Assert.Equal(RegistryMediaTypes.OciIndex, SampleImages.Wrapped(list.Child("linux/amd64")).MediaType);
        Assert.Equal(RegistryMediaTypes.DockerList, SampleImages.Wrapped(SampleImages.Image("a")).MediaType);
    }

    [Theory]
    [InlineData("linux")]
    [InlineData("a/b/c/d")]
    public void Platform_that_is_none_is_refused(string text) => Assert.Throws<FormatException>(() => ImagePlatform.Parse(text));

    [Fact]
    public void Demo_has_a_mirror_for_each_source_but_one()
    {
        var source = new RegistryStore();
        var destination = new RegistryStore();

        var lines = DemoImages.Seed(source, destination).Select(line => line.Split(' ')).ToArray();

        Assert.All(lines, line => Assert.True(source.TryGetManifest(line[0], line[2], out _), line[0]));
        Assert.Equal(
            ["mirror/registry"], lines.Where(line => !destination.TryGetManifest(line[1], line[2], out _)).Select(line => line[1]));
    }

    private static byte[] Decompress(ReadOnlyMemory<byte> content)
    {
        using var gzip = new GZipStream(new MemoryStream(content.ToArray()), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        gzip.CopyTo(plain);
        return plain.ToArray();
    }
}
