using System.Text;
using MirrorValidate.Embedded.Images;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Validation;

/// <summary>What is told fits what the sides are, and what is advised applies to them.</summary>
public sealed class AdviceTests
{
    private static readonly BuiltManifest List = SampleImages.DockerList("s");
    private static readonly BuiltManifest Image = SampleImages.Image("s");
    private static readonly BuiltManifest Chart = ArtifactBuilder.HelmChart("s");
    private static readonly BuiltManifest Unknown = new("application/vnd.example", "{}"u8.ToArray());

    public static TheoryData<string, BuiltManifest, BuiltManifest, ComparisonMode, string, string, string> Cases() => new()
    {
        { "one image as it is", Image, Image, ComparisonMode.ManifestList, "NotAList", "source's image as it is", "-Comparison Platform" },
        { "another plain image", Image, SampleImages.Image("other"), ComparisonMode.ManifestList, "NotAList", "The source is one image", "-Comparison Platform" },
        { "a chart in place of an image", Image, Chart, ComparisonMode.ManifestList, "NotAList", "not an image of a known type", "Find out who pushed" },
        { "a chart in place of a list", List, Chart, ComparisonMode.ManifestList, "NotAList", "not an image of a known type", "Find out who pushed" },
        {
            "something unknown in place of an image", Image, Unknown, ComparisonMode.ManifestList, "NotAList",
            "not an image of a known type", "Find out who pushed"
        },
        {
            "another image in place of a list", List, SampleImages.Image("other"), ComparisonMode.ManifestList,
            "NotAList", "copied one platform as a plain image instead of the list", "with all its platforms"
        },
        {
            "another image in a list", Image, SampleImages.Wrapped(SampleImages.Image("other")),
            ComparisonMode.ManifestList, "DigestDiffers", "tag has moved", "-Explain"
        },
        {
            "another image by digest", Image, SampleImages.Image("other"), ComparisonMode.Digest, "DigestDiffers",
            "tag has moved", "-Explain"
        },
        { "one image of a list", List, List.Children[0], ComparisonMode.ManifestList, "NotAList", "one platform of the list", "-Comparison Platform -Platform linux/amd64." },
        { "one image of a list by digest", List, List.Children[0], ComparisonMode.Digest, "MediaTypeDiffers", "one platform of the source's list", "-Comparison Platform -Platform linux/amd64." },
        { "another image in place of a list by digest", List, SampleImages.Image("other"), ComparisonMode.Digest, "MediaTypeDiffers", "One side is a list", "regctl image copy" },
        { "one image in a list by digest", Image, SampleImages.Wrapped(Image), ComparisonMode.Digest, "MediaTypeDiffers", "wrapped in a list of one", "-Comparison ManifestList" },
        { "one image in a list of several by digest", List.Children[0], List, ComparisonMode.Digest, "MediaTypeDiffers", "One side is a list", "regctl image copy" },
        { "a list in place of a chart", Chart, List, ComparisonMode.ManifestList, "MediaTypeDiffers", "an artifact", "oras copy" },
        { "a list in place of a chart by digest", Chart, List, ComparisonMode.Digest, "MediaTypeDiffers", "an artifact", "oras copy" },
        { "a chart in place of a list by digest", List, Chart, ComparisonMode.Digest, "MediaTypeDiffers", "not an image of a known type", "Find out who pushed" },
        { "one image and more in the list", List.Children[0], List, ComparisonMode.ManifestList, "ExtraPlatform", "The source is one image", "list is replaced" },
        { "one image that is not in the list", Image, SampleImages.DockerList("other", [ImagePlatform.LinuxArm64, ImagePlatform.LinuxS390x]), ComparisonMode.ManifestList, "MissingPlatform", "list does not have the source's image", "list is replaced" },
        {
            "fewer by digest", List, SampleImages.Filtered(List, platform => platform.Architecture == "amd64"),
            ComparisonMode.Digest, "MissingPlatform", "This platform was not mirrored", "crane copy"
        },
        { "other order by digest", List, SampleImages.Reordered(List), ComparisonMode.Digest, "Reordered", "sorts its entries", "crane copy" },
        { "another platform, plain", Image, SampleImages.Image("s", platform: ImagePlatform.LinuxArm64), ComparisonMode.Platform, "PlatformDiffers", "configuration of the destination's plain image", "Mirror the image again" },
        { "an image of another platform in place of a list", List, SampleImages.Image("s", platform: ImagePlatform.Parse("linux/riscv64")), ComparisonMode.Platform, "MissingPlatform", "not mirrored", "with all platforms" },
        { "a plain image of a platform more", List, SampleImages.Image("s", platform: ImagePlatform.Parse("windows/amd64")), ComparisonMode.Platform, "ExtraPlatform", "plain image of a platform", "Mirror the image again" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_advice_fits(
        string what, BuiltManifest source, BuiltManifest destination, ComparisonMode mode, string kind, string explanation, string remedy)
    {
        Assert.NotEmpty(what);
        await using MirrorPair pair = await MirrorPair.StartAsync(source, destination);
        MirrorImageResult result = await pair.ValidateAsync(mode);
        MirrorDifference told = result.Differences.First(one => one.Kind == kind);
        Assert.Contains(explanation, told.Explanation, StringComparison.Ordinal);
        Assert.Contains(remedy, told.Remedy, StringComparison.Ordinal);
        bool isPlain = destination.Children.Count == 0;
        Assert.DoesNotContain(result.Differences, one => isPlain && one.Kind == "FilteredIndex");
        Assert.All(result.Differences, one => Assert.DoesNotContain("--preserve-digests", one.Remedy, StringComparison.Ordinal));
        if (mode != ComparisonMode.Digest) return;
        Assert.All(result.Differences, one => Assert.DoesNotContain("the -Platform that was mirrored", one.Remedy, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_mode_that_is_advised_takes_the_destination_as_it_is()
    {
        await using MirrorPair wrapped = await MirrorPair.StartAsync(Image, SampleImages.Wrapped(Image));
        ResultAssert.Passed(await wrapped.ValidateAsync(ComparisonMode.ManifestList));
        await using MirrorPair plain = await MirrorPair.StartAsync(List, List.Children[0]);
        ResultAssert.Passed(await plain.ValidateAsync(ComparisonMode.Platform, "amd64"));
        await using MirrorPair copy = await MirrorPair.StartAsync(Image);
        ResultAssert.Passed(await copy.ValidateAsync(ComparisonMode.Platform));
    }

    [Theory]
    [InlineData(ComparisonMode.Digest)]
    [InlineData(ComparisonMode.ManifestList)]
    public async Task Schema_1_that_was_signed_anew_is_told_as_that(ComparisonMode mode)
    {
        BuiltManifest source = SampleImages.Schema1("s", MirrorPair.SourceRepository, "v1");
        BuiltManifest copy = SampleImages.Schema1("s", MirrorPair.DestinationRepository, "v1");
        await using MirrorPair pair = await MirrorPair.StartAsync(source, copy);
        pair.With = options => options with { Explain = true };
        MirrorDifference told = (await pair.ValidateAsync(mode)).Differences[^1];
        Assert.Equal("ManifestRewritten", told.Kind);
        Assert.Contains("signed anew", told.Explanation, StringComparison.Ordinal);
        Assert.Contains("-Comparison Platform", told.Remedy, StringComparison.Ordinal);
        ResultAssert.Passed(await pair.ValidateAsync(ComparisonMode.Platform));
    }

    [Fact]
    public async Task Another_image_of_schema_1_is_not_signed_anew()
    {
        BuiltManifest other = SampleImages.Schema1("other", MirrorPair.SourceRepository, "v1");
        await using MirrorPair pair = await MirrorPair.StartAsync(SampleImages.Schema1("s", MirrorPair.SourceRepository, "v1"), other);
        Assert.Equal("DigestDiffers", Assert.Single((await pair.ValidateAsync(ComparisonMode.Digest)).Differences).Kind);
        pair.With = options => options with { Explain = true };
        MirrorDifference told = Assert.Single((await pair.ValidateAsync(ComparisonMode.Digest)).Differences);
        Assert.Contains("schema 1 manifest tells no more", told.Explanation, StringComparison.Ordinal);
    }

    // What a signed manifest has outside its payload says nothing.
    [Theory]
    [InlineData(false, "")]
    [InlineData(true, "")]
    [InlineData(true, ",\"history\":[]}")]
    public async Task Schema_1_with_other_settings_on_the_same_layers_is_not_signed_anew(bool isSigned, string outside)
    {
        BuiltManifest image = SampleImages.Schema1("s", MirrorPair.SourceRepository, "v1", isSigned);
        string json = Encoding.UTF8.GetString(image.Content.Span);
        if (outside.Length > 0) json = json[..json.LastIndexOf('}')] + outside;
        string changed = json.Replace("layer 1", "layer 9", StringComparison.Ordinal);
        await using MirrorPair pair = await MirrorPair.StartAsync(Made(json), Made(changed));
        MirrorDifference told = Assert.Single((await pair.ValidateAsync(ComparisonMode.Digest)).Differences);
        Assert.Equal("DigestDiffers", told.Kind);

        BuiltManifest Made(string text) =>
            new(image.MediaType, Encoding.UTF8.GetBytes(text)) { Blobs = image.Blobs };
    }

    [Fact]
    public async Task Schema_1_that_was_converted_is_told_as_that()
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(SampleImages.Schema1("s", MirrorPair.SourceRepository, "v1"), Image);
        MirrorDifference told = Assert.Single((await pair.ValidateAsync(ComparisonMode.Digest)).Differences);
        Assert.Equal("DigestDiffers", told.Kind);
        Assert.Contains("converted, which always changes the digest", told.Explanation, StringComparison.Ordinal);
    }
}
