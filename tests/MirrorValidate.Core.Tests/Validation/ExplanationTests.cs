using System.IO.Compression;
using System.Text;
using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;
using MirrorValidate.Manifests;
using MirrorValidate.Registries;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Validation;

/// <summary>What -Explain learns of two images that differ.</summary>
public sealed class ExplanationTests
{
    private static readonly BuiltManifest Image = SampleImages.Image("s");
    private static readonly BuiltManifest Other = SampleImages.Image("other");

    public static TheoryData<string, BuiltManifest, string> Kinds() => new()
    {
        { "converted to OCI", Converted(Image), $"MediaTypeConverted|linux/amd64|{MediaTypes.DockerManifest}|{MediaTypes.OciManifest}" },
        { "converted by a tool that writes the config anew", ConvertedAnew(Image), $"MediaTypeConverted|linux/amd64|{MediaTypes.DockerManifest}|{MediaTypes.OciManifest}" },
        { "compressed anew", Recompressed(ImageFormat.Docker), $"Recompressed|linux/amd64|{Image.Digest}|{Recompressed(ImageFormat.Docker).Digest}" },
        { "compressed anew and converted", Recompressed(ImageFormat.Oci), $"Recompressed|linux/amd64|{Image.Digest}|{Recompressed(ImageFormat.Oci).Digest}" },
        { "older", Older("s"), $"StaleTag|linux/amd64|{Image.Digest}|{Older("s").Digest}" },
        { "older and built of other things", Older("other"), $"StaleTag|linux/amd64|{Image.Digest}|{Older("other").Digest}" },
        { "built of other things at the same time", Other, $"Rebuilt|linux/amd64|{Image.Digest}|{Other.Digest}" },
        { "built later", Newer, $"Rebuilt|linux/amd64|{Image.Digest}|{Newer.Digest}" },
        { "without a date that means anything", Epoch, $"Rebuilt|linux/amd64|{Image.Digest}|{Epoch.Digest}" },
        { "without a date", Undated, $"Rebuilt|linux/amd64|{Image.Digest}|{Undated.Digest}" },
        { "another configuration", Configured, $"ConfigDiffers|linux/amd64|{Image.Digest}|{Configured.Digest}" },
        { "the manifest written anew", Rewritten, $"ManifestRewritten|linux/amd64|{Image.Digest}|{Rewritten.Digest}" },
    };

    private static BuiltManifest Newer => new ImageBuilder("newer") { Created = ImageBuilder.DefaultCreated.AddDays(1) }.Build();

    private static BuiltManifest Epoch => new ImageBuilder("epoch") { Created = DateTimeOffset.UnixEpoch }.Build();

    private static BuiltManifest Undated => new ImageBuilder("undated") { Created = null }.Build();

    private static BuiltManifest Configured => WithConfig(Image, RegistryMediaTypes.DockerConfig, json => json.Replace("/opt/content", "/opt/other", StringComparison.Ordinal));

    private static BuiltManifest Rewritten => new(Image.MediaType, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Image.Content.Span) + "\n"))
    {
        Platform = Image.Platform,
        Blobs = Image.Blobs,
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task One_cause_is_told(string what, BuiltManifest destination, string expected)
    {
        await using MirrorPair pair = await StartAsync(SampleImages.Wrapped(Image), new IndexBuilder().Add(destination).Build());
        Assert.NotEmpty(what);
        MirrorImageResult result = await pair.ValidateAsync();
        Assert.Equal([expected], DifferenceTests.Told(result));
        Assert.Equal(nameof(ValidationReason.SpecMismatch), result.Reason);
        bool keepsDigests = result.Differences[0].Kind is "MediaTypeConverted" or "Recompressed" or "ManifestRewritten";
        Assert.Equal(keepsDigests, result.Differences[0].Remedy.Contains("regctl image copy, crane copy or oras copy", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task One_cause_is_told_of_single_images_too(string what, BuiltManifest destination, string expected)
    {
        await using MirrorPair pair = await StartAsync(Image, destination);
        Assert.NotEmpty(what);
        foreach (ComparisonMode mode in new[] { ComparisonMode.Digest, ComparisonMode.Platform })
            Assert.Equal([expected], DifferenceTests.Told(await pair.ValidateAsync(mode)));
        Assert.Equal([$"NotAList||{Image.MediaType}|{destination.MediaType}", expected], DifferenceTests.Told(await pair.ValidateAsync()));
    }

    [Fact]
    public async Task What_the_source_still_serves_is_stale_and_not_also_rebuilt()
    {
        await using MirrorPair pair = await StartAsync(SampleImages.DockerList("new"), SampleImages.DockerList("old"));
        SampleImages.DockerList("old").PutInto(pair.Source.Store, MirrorPair.SourceRepository, "v0");
        MirrorImageResult result = await pair.ValidateAsync();
        Assert.Equal(["StaleTag", "StaleTag"], result.Differences.Select(one => one.Kind));
        Assert.Contains("still has the destination's image", result.Differences[0].Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tag_that_was_moved_back_is_told_as_that()
    {
        await using MirrorPair pair = await StartAsync(SampleImages.Wrapped(Image), SampleImages.Wrapped(Newer));
        Newer.PutInto(pair.Source.Store, MirrorPair.SourceRepository, "v2");
        MirrorDifference difference = Assert.Single((await pair.ValidateAsync()).Differences);
        Assert.Equal("StaleTag", difference.Kind);
        Assert.Contains("created 2024-01-02 00:00:00 UTC, but its tag points to one created 2024-01-01 00:00:00 UTC", difference.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_that_was_converted_with_its_images_is_told_with_them()
    {
        BuiltManifest list = SampleImages.DockerList("s", [ImagePlatform.LinuxAmd64, ImagePlatform.LinuxArm64]);
        var index = new IndexBuilder(ImageFormat.Oci);
        foreach (BuiltManifest child in list.Children) index.Add(Converted(child));
        await using MirrorPair pair = await StartAsync(list, index.Build());
        Assert.Equal(
            [
                $"MediaTypeConverted|linux/amd64|{MediaTypes.DockerManifest}|{MediaTypes.OciManifest}",
                $"MediaTypeConverted|linux/arm64/v8|{MediaTypes.DockerManifest}|{MediaTypes.OciManifest}",
                $"MediaTypeConverted||{MediaTypes.DockerList}|{MediaTypes.OciIndex}",
            ],
            DifferenceTests.Told(await pair.ValidateAsync()));
    }

    [Fact]
    public async Task One_converted_image_in_place_of_a_list_is_known_by_its_platform()
    {
        BuiltManifest list = SampleImages.DockerList("s");
        BuiltManifest copy = Converted(list.Children[0]);
        await using MirrorPair pair = await StartAsync(list, copy);
        Assert.Equal(
            [
                $"NotAList||{MediaTypes.DockerList}|{MediaTypes.OciManifest}",
                $"MediaTypeConverted|linux/amd64|{MediaTypes.DockerManifest}|{MediaTypes.OciManifest}",
                $"MissingPlatform|linux/arm64/v8|{list.Children[1].Digest}|",
            ],
            DifferenceTests.Told(await pair.ValidateAsync()));
    }

    [Theory]
    [InlineData(nameof(RegistrySide.Source), "manifests")]
    [InlineData(nameof(RegistrySide.Source), "blobs")]
    [InlineData(nameof(RegistrySide.Destination), "manifests")]
    [InlineData(nameof(RegistrySide.Destination), "blobs")]
    public async Task What_cannot_be_read_is_no_error_and_explains_nothing(string sideName, string path)
    {
        RegistrySide side = Enum.Parse<RegistrySide>(sideName);
        await using MirrorPair pair = await StartAsync(SampleImages.Wrapped(Image), SampleImages.Wrapped(Other));
        pair.Of(side).Faults.Add(new Fault { Path = $"*/{path}/sha256:*", Status = 403 });
        MirrorImageResult result = await pair.ValidateAsync();
        ResultAssert.Failed(ValidationReason.SpecMismatch, "source manifest", result);
        MirrorDifference difference = Assert.Single(result.Differences);
        Assert.Equal("DigestDiffers", difference.Kind);
        Assert.Contains("could not be learned", difference.Explanation, StringComparison.Ordinal);
        Assert.Contains("403", difference.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_that_does_not_say_what_it_still_has_leaves_it_open()
    {
        await using MirrorPair pair = await StartAsync(SampleImages.Wrapped(Image), SampleImages.Wrapped(Other));
        pair.Source.Faults.Add(new Fault { Path = $"*/manifests/{Other.Digest}", Status = 429 });
        MirrorDifference difference = Assert.Single((await pair.ValidateAsync()).Differences);
        Assert.Equal("DigestDiffers", difference.Kind);
        Assert.Contains("429", difference.Explanation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"created":5,"rootfs":[],"config":"x"}""")]
    [InlineData("""{"created":"yesterday","rootfs":{"diff_ids":[1]}}""")]
    [InlineData("{}")]
    public async Task A_config_that_says_nothing_of_its_making_explains_nothing_wrong(string config)
    {
        BuiltManifest odd = WithConfig(Other, RegistryMediaTypes.DockerConfig, _ => config);
        await using MirrorPair pair = await StartAsync(SampleImages.Wrapped(Image), new IndexBuilder().Add(new IndexEntry(odd) { Platform = ImagePlatform.LinuxAmd64 }).Build());
        Assert.Equal("Rebuilt", Assert.Single((await pair.ValidateAsync()).Differences).Kind);
    }

    [Fact]
    public async Task Charts_that_differ_are_stale_or_unknown()
    {
        await using MirrorPair pair = await StartAsync(ArtifactBuilder.HelmChart("new"), ArtifactBuilder.HelmChart("old"));
        Assert.Equal("DigestDiffers", Assert.Single((await pair.ValidateAsync()).Differences).Kind);
        ArtifactBuilder.HelmChart("old").PutInto(pair.Source.Store, MirrorPair.SourceRepository, null);
        Assert.Equal("StaleTag", Assert.Single((await pair.ValidateAsync()).Differences).Kind);
    }

    [Fact]
    public async Task Only_what_failed_is_looked_into()
    {
        BuiltManifest list = SampleImages.DockerList("s");
        await using MirrorPair pair = await StartAsync(list, SampleImages.Reordered(list));
        Assert.Equal(4, (await pair.ValidateAsync()).RequestCount);

        BuiltManifest half = new IndexBuilder().Add(list.Children[0]).AddImages("other", [ImagePlatform.LinuxArm64]).Build();
        half.PutInto(pair.Destination.Store, MirrorPair.DestinationRepository, "v1");
        // Two manifests, two configs, and whether the source has it: HEAD, and GET before that is believed.
        Assert.Equal(2 + 2 + 2 + 2, (await pair.ValidateAsync()).RequestCount);
    }

    [Fact]
    public async Task What_a_hostile_config_says_is_not_repeated()
    {
        BuiltManifest odd = WithConfig(Other, RegistryMediaTypes.DockerConfig, _ => "{\"created\":\"\\u001b[2J\",\"config\":{\"\\ud800\":1}}");
        await using MirrorPair pair = await StartAsync(SampleImages.Wrapped(Image), SampleImages.Wrapped(odd));
        Assert.DoesNotContain(Assert.Single((await pair.ValidateAsync()).Differences).Explanation, char.IsControl);
    }

    private static async Task<MirrorPair> StartAsync(BuiltManifest source, BuiltManifest destination)
    {
        MirrorPair pair = await MirrorPair.StartAsync(source, destination);
        pair.With = options => options with { Explain = true };
        return pair;
    }

    private static BuiltManifest Recompressed(ImageFormat format) =>
        new ImageBuilder("s") { Format = format, Compression = CompressionLevel.NoCompression }.Build();

    private static BuiltManifest Older(string seed) => new ImageBuilder(seed + " old") { Created = ImageBuilder.DefaultCreated.AddDays(-1) }.Build();

    private static BuiltManifest Converted(BuiltManifest image) => WithConfig(image, RegistryMediaTypes.OciConfig, json => json);

    // As skopeo does it: the same content, in other bytes.
    private static BuiltManifest ConvertedAnew(BuiltManifest image) => WithConfig(
        image,
        RegistryMediaTypes.OciConfig,
        json => " " + json.Replace("\"config\":{", "\"config\":{\"Env\":null,", StringComparison.Ordinal).Replace("00:00Z", "00:00+00:00", StringComparison.Ordinal));

    private static BuiltManifest WithConfig(BuiltManifest image, string mediaType, Func<string, string> edit)
    {
        var config = new BuiltBlob(mediaType, Encoding.UTF8.GetBytes(edit(Encoding.UTF8.GetString(image.Blobs[0].Content.Span))));
        string manifest = Encoding.UTF8.GetString(image.Content.Span)
            .Replace(image.Blobs[0].Digest, config.Digest, StringComparison.Ordinal)
            .Replace($"\"size\": {image.Blobs[0].Size}", $"\"size\": {config.Size}", StringComparison.Ordinal);
        bool isOci = mediaType == RegistryMediaTypes.OciConfig;
        if (isOci)
        {
            manifest = manifest
                .Replace(RegistryMediaTypes.DockerManifest, RegistryMediaTypes.OciManifest, StringComparison.Ordinal)
                .Replace(RegistryMediaTypes.DockerConfig, RegistryMediaTypes.OciConfig, StringComparison.Ordinal)
                .Replace(RegistryMediaTypes.DockerLayer, RegistryMediaTypes.OciLayer, StringComparison.Ordinal);
        }

        return new BuiltManifest(isOci ? RegistryMediaTypes.OciManifest : image.MediaType, Encoding.UTF8.GetBytes(manifest))
        {
            Platform = image.Platform,
            Blobs = [config, .. image.Blobs.Skip(1)],
        };
    }
}
