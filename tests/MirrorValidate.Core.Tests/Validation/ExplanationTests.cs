using MirrorValidate.Core.Tests.Registries;
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

    private const string WasOlder =
        "The destination's image was created 2023-12-31 00:00:00 UTC, before the source's, which was created "
        + "2024-01-01 00:00:00 UTC.";

    public static TheoryData<string, BuiltManifest, string, string> Kinds() => new()
    {
        {
            "converted to OCI", ChangedImages.Converted(Image),
            $"MediaTypeConverted|linux/amd64|{MediaTypes.DockerManifest}|{MediaTypes.OciManifest}",
            "converted between Docker's format and OCI's; configuration and layers are the same."
        },
        {
            "converted by a tool that writes the config anew", ChangedImages.ConvertedAnew(Image),
            $"MediaTypeConverted|linux/amd64|{MediaTypes.DockerManifest}|{MediaTypes.OciManifest}",
            "converted between Docker's format and OCI's; configuration and layers are the same."
        },
        {
            "compressed anew", ChangedImages.Recompressed(ImageFormat.Docker),
            $"Recompressed|linux/amd64|{Image.Digest}|{ChangedImages.Recompressed(ImageFormat.Docker).Digest}",
            "compressed the layers anew; what is in them is the same."
        },
        {
            "compressed anew and converted", ChangedImages.Recompressed(ImageFormat.Oci),
            $"Recompressed|linux/amd64|{Image.Digest}|{ChangedImages.Recompressed(ImageFormat.Oci).Digest}",
            "compressed the layers anew; what is in them is the same, and the manifest was converted from "
                + $"{MediaTypes.DockerManifest} to {MediaTypes.OciManifest}."
        },
        {
            "another configuration and compressed anew", RecompressedWithOther,
            $"ConfigDiffers|linux/amd64|{Image.Digest}|{RecompressedWithOther.Digest}",
            "the image's configuration was changed; the layers were compressed anew."
        },
        {
            "older", ChangedImages.Older("s"),
            $"StaleTag|linux/amd64|{Image.Digest}|{ChangedImages.Older("s").Digest}", WasOlder
        },
        {
            "older and built of other things", ChangedImages.Older("other"),
            $"StaleTag|linux/amd64|{Image.Digest}|{ChangedImages.Older("other").Digest}", WasOlder
        },
        {
            "built of other things at the same time", Other, $"Rebuilt|linux/amd64|{Image.Digest}|{Other.Digest}",
            "built at another time or in another place"
        },
        {
            "built later", Newer, $"Rebuilt|linux/amd64|{Image.Digest}|{Newer.Digest}",
            "built at another time or in another place"
        },
        {
            "without a date that means anything", Epoch, $"Rebuilt|linux/amd64|{Image.Digest}|{Epoch.Digest}",
            "built at another time or in another place"
        },
        {
            "without a date", Undated, $"Rebuilt|linux/amd64|{Image.Digest}|{Undated.Digest}",
            "built at another time or in another place"
        },
        {
            "another configuration", Configured, $"ConfigDiffers|linux/amd64|{Image.Digest}|{Configured.Digest}",
            "the image's configuration was changed."
        },
        {
            "the manifest written anew", Rewritten,
            $"ManifestRewritten|linux/amd64|{Image.Digest}|{Rewritten.Digest}",
            "the manifest around them was written anew"
        },
    };

    private static BuiltManifest Newer => new ImageBuilder("newer") { Created = ImageBuilder.DefaultCreated.AddDays(1) }.Build();

    private static BuiltManifest Epoch => new ImageBuilder("epoch") { Created = DateTimeOffset.UnixEpoch }.Build();

    private static BuiltManifest Undated => new ImageBuilder("undated") { Created = null }.Build();

    private static BuiltManifest Configured => ChangedImages.Configured(Image);

    private static BuiltManifest RecompressedWithOther =>
        ChangedImages.Configured(ChangedImages.Recompressed(ImageFormat.Docker));

    private static BuiltManifest Rewritten => ChangedImages.Rewritten(Image);

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task One_cause_is_told(string what, BuiltManifest destination, string expected, string explanation)
    {
        await using MirrorPair pair = await StartAsync(SampleImages.Wrapped(Image), new IndexBuilder().Add(destination).Build());
        Assert.NotEmpty(what);
        MirrorImageResult result = await pair.ValidateAsync();
        Assert.Equal([expected], DifferenceTests.Told(result));
        Assert.Contains(explanation, result.Differences[0].Explanation, StringComparison.Ordinal);
        Assert.Equal(nameof(ValidationReason.SpecMismatch), result.Reason);
        bool keepsDigests = result.Differences[0].Kind is "MediaTypeConverted" or "Recompressed" or "ManifestRewritten";
        Assert.Equal(keepsDigests, result.Differences[0].Remedy.Contains("regctl image copy, crane copy or oras copy", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task One_cause_is_told_of_single_images_too(
        string what, BuiltManifest destination, string expected, string explanation)
    {
        await using MirrorPair pair = await StartAsync(Image, destination);
        Assert.NotEmpty(what);
        foreach (ComparisonMode mode in new[] { ComparisonMode.Digest, ComparisonMode.Platform })
        {
            MirrorImageResult result = await pair.ValidateAsync(mode);
            Assert.Equal([expected], DifferenceTests.Told(result));
            Assert.Contains(explanation, result.Differences[0].Explanation, StringComparison.Ordinal);
        }

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
        Assert.Equal(
            "The source still has the destination's image under its digest, created 2024-01-02 00:00:00 UTC, but its "
                + "tag points to one created 2024-01-01 00:00:00 UTC: the tag was moved back, or another tag was "
                + "mirrored.",
            difference.Explanation);
    }

    [Fact]
    public async Task A_tag_that_has_moved_on_is_told_with_both_dates()
    {
        await using MirrorPair pair = await StartAsync(SampleImages.Wrapped(Newer), SampleImages.Wrapped(Image));
        Image.PutInto(pair.Source.Store, MirrorPair.SourceRepository, null);
        MirrorDifference difference = Assert.Single((await pair.ValidateAsync()).Differences);
        Assert.Equal("StaleTag", difference.Kind);
        Assert.Equal(
            "The source still has the destination's image under its digest, created 2024-01-01 00:00:00 UTC; its tag "
                + "has moved on to one created 2024-01-02 00:00:00 UTC.",
            difference.Explanation);
    }

    [Fact]
    public async Task What_was_compressed_anew_is_told_as_that_whatever_the_source_still_has()
    {
        BuiltManifest copy = ChangedImages.Recompressed(ImageFormat.Docker);
        await using MirrorPair pair = await StartAsync(SampleImages.Wrapped(Image), SampleImages.Wrapped(copy));
        copy.PutInto(pair.Source.Store, MirrorPair.SourceRepository, null);
        Assert.Equal("Recompressed", Assert.Single((await pair.ValidateAsync()).Differences).Kind);
    }

    [Fact]
    public async Task Layers_of_which_the_config_says_nothing_are_not_taken_for_the_same()
    {
        BuiltManifest source = ChangedImages.WithConfig(Image, RegistryMediaTypes.DockerConfig, _ => "{}");
        BuiltManifest destination = ChangedImages.WithConfig(Other, RegistryMediaTypes.DockerConfig, _ => "{}");
        await using MirrorPair pair = await StartAsync(SampleImages.Wrapped(source), SampleImages.Wrapped(destination));
        Assert.Equal("Rebuilt", Assert.Single((await pair.ValidateAsync()).Differences).Kind);
    }

    [Fact]
    public async Task A_chart_in_place_of_an_image_is_no_other_build_of_it()
    {
        await using MirrorPair pair = await StartAsync(Image, ArtifactBuilder.HelmChart("s"));
        MirrorDifference difference = Assert.Single((await pair.ValidateAsync(ComparisonMode.Digest)).Differences);
        Assert.Equal("DigestDiffers", difference.Kind);
        Assert.Contains("this is no image", difference.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schema_1_that_was_converted_tells_no_more()
    {
        await using MirrorPair pair =
            await StartAsync(SampleImages.Schema1("s", MirrorPair.SourceRepository, "v1"), Image);
        MirrorDifference difference = Assert.Single((await pair.ValidateAsync(ComparisonMode.Digest)).Differences);
        Assert.Equal("DigestDiffers", difference.Kind);
        Assert.Contains("a schema 1 manifest tells no more", difference.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_looked_into_is_logged()
    {
        await using MirrorPair pair = await StartAsync(SampleImages.Wrapped(Image), SampleImages.Wrapped(Other));
        var log = new CapturedLog();
        pair.Log = log;
        await pair.ValidateAsync();
        string expected = $"looking into why {Other.Digest} is not {Image.Digest}";
        Assert.Contains(log.Events, one => one.Text.EndsWith(expected, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Single_images_that_were_read_are_not_read_again()
    {
        await using MirrorPair pair = await StartAsync(Image, Other);
        pair.With = options => options;
        int compared = (await pair.ValidateAsync(ComparisonMode.Platform)).RequestCount;
        pair.With = options => options with { Explain = true };
        // Both configs, and whether the source has the destination's digest: HEAD, and GET before that is believed.
        Assert.Equal(compared + 4, (await pair.ValidateAsync(ComparisonMode.Platform)).RequestCount);
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
        BuiltManifest odd = ChangedImages.WithConfig(Other, RegistryMediaTypes.DockerConfig, _ => config);
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
        BuiltManifest odd = ChangedImages.WithConfig(
            Other, RegistryMediaTypes.DockerConfig, _ => """{"created":"\u001b[2J","config":{"\ud800":1}}""");
        await using MirrorPair pair = await StartAsync(SampleImages.Wrapped(Image), SampleImages.Wrapped(odd));
        Assert.DoesNotContain(Assert.Single((await pair.ValidateAsync()).Differences).Explanation, char.IsControl);
    }

    internal static async Task<MirrorPair> StartAsync(BuiltManifest source, BuiltManifest destination)
    {
        MirrorPair pair = await MirrorPair.StartAsync(source, destination);
        pair.With = options => options with { Explain = true };
        return pair;
    }
}
