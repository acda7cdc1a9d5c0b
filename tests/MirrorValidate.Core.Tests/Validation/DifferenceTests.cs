using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;
using MirrorValidate.Manifests;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Validation;

/// <summary>What is told of a mirror that is not its source, without a request more.</summary>
public sealed class DifferenceTests
{
    private static readonly BuiltManifest List = SampleImages.DockerList("s");
    private static readonly BuiltManifest Oci = SampleImages.OciIndex("s", attestations: true);
    private static readonly BuiltManifest Image = SampleImages.Image("s");
    private static readonly BuiltManifest Windows = SampleImages.WindowsList("s");
    private static readonly BuiltManifest OtherWindows = SampleImages.WindowsList("other");
    private static readonly BuiltManifest Annotated =
        new IndexBuilder { Annotations = new Dictionary<string, string> { ["a"] = "b" } }.Add(List.Children[0]).Build();

    private static readonly BuiltManifest WindowsImage = SampleImages.Image(
        "s", platform: ImagePlatform.Parse("windows/amd64:10.0.17763.1") with { OSFeatures = ["win32k"] });

    public static TheoryData<string, BuiltManifest, BuiltManifest?, string, string[]> Cases() => new()
    {
        { "the same", List, List, "amd64,arm64", [] },
        { "the same with attestations", Oci, Oci, "*", [] },
        { "nothing", List, null, "amd64", [$"ImageMissing||{List.Digest}|"] },
        { "an empty list", List, new BuiltManifest(RegistryMediaTypes.DockerList, """{"manifests":[]}"""u8.ToArray()), "amd64,arm64", [$"MissingPlatform|linux/amd64|{Of(List, 0)}|", $"MissingPlatform|linux/arm64/v8|{Of(List, 1)}|"] },
        { "other order", List, SampleImages.Reordered(List), "amd64,arm64", ["Reordered||linux/amd64, linux/arm64/v8|linux/arm64/v8, linux/amd64"] },
        { "other order of what is not selected", List, Made((List, 0), (List, 1), (List, 3), (List, 2)), "amd64,arm64", [] },
        { "fewer architectures than selected", List, Made((List, 0)), "amd64,arm64", [$"MissingPlatform|linux/arm64/v8|{Of(List, 1)}|", "FilteredIndex||linux/amd64, linux/arm64/v8, linux/arm/v7, linux/s390x|linux/amd64"] },
        { "the selected architectures", List, Made((List, 0), (List, 1)), "amd64,arm64", ["FilteredIndex||linux/amd64, linux/arm64/v8, linux/arm/v7, linux/s390x|linux/amd64, linux/arm64/v8"] },
        { "fewer architectures, in other order", List, Made((List, 1), (List, 0)), "amd64,arm64", ["Reordered||linux/amd64, linux/arm64/v8|linux/arm64/v8, linux/amd64", "FilteredIndex||linux/amd64, linux/arm64/v8, linux/arm/v7, linux/s390x|linux/arm64/v8, linux/amd64"] },
        { "attestations left behind", Oci, SampleImages.Filtered(Oci, platform => platform != ImagePlatform.Unknown), "amd64", [] },
        { "attestations and architectures left behind", Oci, SampleImages.Filtered(Oci, platform => platform.Architecture == "amd64"), "amd64", ["FilteredIndex||linux/amd64, linux/arm64/v8, linux/arm/v7, linux/s390x|linux/amd64"] },
        { "attestations left behind, everything selected", Oci, SampleImages.Filtered(Oci, platform => platform != ImagePlatform.Unknown), "*", [.. Enumerable.Range(0, 4).Select(i => $"AttestationMissing|{Oci.Children[i].Platform}|{Of(Oci, 4 + i)}|")] },
        { "fewer, and one of them another image", List, new IndexBuilder().Add(SampleImages.Image("other")).Build(), "amd64", [$"DigestDiffers|linux/amd64|{Of(List, 0)}|{SampleImages.Image("other").Digest}"] },
        { "one of two versions of Windows left out", Windows, Made((Windows, 0), (Windows, 1)), "amd64", [$"MissingPlatform|windows/amd64:10.0.20348.2340|{Of(Windows, 2)}|"] },
        { "Windows left out", Windows, Made((Windows, 0)), "amd64", [$"MissingPlatform|windows/amd64:10.0.17763.5576|{Of(Windows, 1)}|", $"MissingPlatform|windows/amd64:10.0.20348.2340|{Of(Windows, 2)}|", "FilteredIndex||linux/amd64, windows/amd64:10.0.17763.5576, windows/amd64:10.0.20348.2340|linux/amd64"] },
        { "a platform more", Made((List, 0)), Made((List, 0), (List, 1)), "amd64,arm64", [$"ExtraPlatform|linux/arm64/v8||{Of(List, 1)}"] },
        { "a platform more that is not selected", Made((List, 0)), Made((List, 0), (List, 3)), "amd64", [] },
        { "the same entry twice", Made((List, 0)), Made((List, 0), (List, 0)), "amd64", [$"ExtraPlatform|linux/amd64||{Of(List, 0)}"] },
        { "other images", List, SampleImages.DockerList("other"), "amd64,arm64", [$"DigestDiffers|linux/amd64|{Of(List, 0)}|{Of(SampleImages.DockerList("other"), 0)}", $"DigestDiffers|linux/arm64/v8|{Of(List, 1)}|{Of(SampleImages.DockerList("other"), 1)}"] },
        { "other images of Windows, in other order", Windows, SampleImages.Reordered(OtherWindows), "amd64", [.. Enumerable.Range(0, 3).Select(i => $"DigestDiffers|{Windows.Children[i].Platform}|{Of(Windows, i)}|{Of(OtherWindows, i)}")] },
        { "another variant", Entries("linux/arm64/v8"), Entries("linux/arm64"), "arm64", ["VariantDiffers|linux/arm64/v8|v8|"] },
        { "another version", Entries("windows/amd64:10.0.1.2"), Entries("windows/amd64:10.0.1.3"), "amd64", ["OSVersionDiffers|windows/amd64:10.0.1.2|10.0.1.2|10.0.1.3"] },
        { "another variant and version", Entries("windows/arm64/v8:10.0.1.2"), Entries("windows/arm64/v9"), "arm64", ["VariantDiffers|windows/arm64/v8:10.0.1.2|v8|v9", "OSVersionDiffers|windows/arm64/v8:10.0.1.2|10.0.1.2|"] },
        { "another architecture", Entries("linux/amd64"), Entries("linux/arm64"), "amd64,arm64", ["PlatformDiffers|linux/amd64|linux/amd64|linux/arm64"] },
        { "no platform", Entries("linux/amd64"), new IndexBuilder().Add(new IndexEntry(Image) { Platform = null }).Build(), "*", ["PlatformDiffers|linux/amd64|linux/amd64|"] },
        { "no platform on both sides", new IndexBuilder().Add(new IndexEntry(Image) { Platform = null }).Build(), new IndexBuilder().Add(new IndexEntry(SampleImages.Image("other")) { Platform = null }).Build(), "*", [$"DigestDiffers||{Image.Digest}|{SampleImages.Image("other").Digest}"] },
        { "the next update of one Windows", Entries("windows/amd64:10.0.17763.1", "windows/amd64:10.0.20348.1"), new IndexBuilder().Add(new IndexEntry(Image) { Platform = ImagePlatform.Parse("windows/amd64:10.0.20348.1") }).Add(new IndexEntry(SampleImages.Image("other")) { Platform = ImagePlatform.Parse("windows/amd64:10.0.17763.2") }).Build(), "amd64", [$"DigestDiffers|windows/amd64:10.0.17763.1|{Image.Digest}|{SampleImages.Image("other").Digest}", "OSVersionDiffers|windows/amd64:10.0.17763.1|10.0.17763.1|10.0.17763.2"] },
        { "other features", Features("win32k", "a"), Features("b"), "amd64", ["OSFeaturesDiffer|windows/amd64|a,win32k|b"] },
        { "the same features in other order", Features("a", "b"), Features("b", "a"), "amd64", [] },
        { "one image, plain", Image, Image, "amd64", [$"NotAList||{Image.MediaType}|{Image.MediaType}"] },
        { "another image, plain", Image, SampleImages.Image("other"), "amd64", [$"NotAList||{Image.MediaType}|{Image.MediaType}", $"DigestDiffers|linux/amd64|{Image.Digest}|{SampleImages.Image("other").Digest}"] },
        { "one image of a list, plain", List, List.Children[0], "amd64,arm64", [$"NotAList|linux/amd64|{List.MediaType}|{Image.MediaType}", $"MissingPlatform|linux/arm64/v8|{Of(List, 1)}|"] },
        { "one image in a list of another", Image, SampleImages.Wrapped(SampleImages.Image("other")), "amd64", [$"DigestDiffers|linux/amd64|{Image.Digest}|{SampleImages.Image("other").Digest}"] },
        { "one image, several in the list", Image, List, "amd64", [.. Enumerable.Range(1, 3).Select(i => $"ExtraPlatform|{List.Children[i].Platform}||{Of(List, i)}")] },
        { "one image, entered under another variant", Image, Entries("linux/amd64/v2"), "amd64", ["VariantDiffers|linux/amd64||v2"] },
        { "one image, entered under another system", Image, Entries("windows/amd64"), "amd64", ["PlatformDiffers|linux/amd64|linux/amd64|windows/amd64"] },
        { "one image, entered under a version", Image, Entries("linux/amd64:1"), "amd64", ["OSVersionDiffers|linux/amd64||1"] },
        {
            "one image, entered without its version and features", WindowsImage,
            Entered(WindowsImage, "windows/amd64"), "amd64", []
        },
        {
            "one image, entered with other features", WindowsImage, Entered(WindowsImage, "windows/amd64", "a"),
            "amd64", ["OSFeaturesDiffer|windows/amd64:10.0.17763.1|win32k|a"]
        },
        { "schema 1, entered under another variant", SampleImages.Schema1("s", "app", "v1"), Entries("linux/amd64/v2"), "amd64", ["VariantDiffers|linux/amd64||v2"] },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Differences_are_told(string what, BuiltManifest source, BuiltManifest? destination, string architectures, string[] expected)
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(source, destination);
        MirrorImageResult result = await pair.ValidateAsync(architectures: architectures);
        Assert.NotEmpty(what);
        Assert.Equal(expected, Told(result));
        bool isToldOnly = result.Differences.All(difference => difference.Kind is "Reordered" or "FilteredIndex" or "OSFeaturesDiffer");
        Assert.Equal(isToldOnly ? "Passed" : "Failed", result.Status);
        Assert.All(result.Differences, difference =>
        {
            Assert.EndsWith(".", difference.Explanation, StringComparison.Ordinal);
            Assert.EndsWith(".", difference.Remedy, StringComparison.Ordinal);
        });
    }

    public static TheoryData<string, BuiltManifest, BuiltManifest, string[]> ByDigest() => new()
    {
        { "the same", List, List, [] },
        { "other order", List, SampleImages.Reordered(List), ["Reordered||linux/amd64, linux/arm64/v8, linux/arm/v7, linux/s390x|linux/s390x, linux/arm/v7, linux/arm64/v8, linux/amd64"] },
        { "what is selected of it", List, Made((List, 0), (List, 1)), [$"MissingPlatform|linux/arm/v7|{Of(List, 2)}|", $"MissingPlatform|linux/s390x|{Of(List, 3)}|", "FilteredIndex||linux/amd64, linux/arm64/v8, linux/arm/v7, linux/s390x|linux/amd64, linux/arm64/v8"] },
        { "the list in the other format", Made((List, 0)), new IndexBuilder(ImageFormat.Oci).Add(List.Children[0]).Build(), [$"MediaTypeConverted||{MediaTypes.DockerList}|{MediaTypes.OciIndex}"] },
        { "the list written anew", Made((List, 0)), Annotated, [$"DigestDiffers||{Made((List, 0)).Digest}|{Annotated.Digest}"] },
        { "one image in a list", Image, SampleImages.Wrapped(Image), [$"MediaTypeDiffers||{Image.MediaType}|{MediaTypes.DockerList}"] },
        { "another image", Image, SampleImages.Image("other"), [$"DigestDiffers|linux/amd64|{Image.Digest}|{SampleImages.Image("other").Digest}"] },
        { "another chart", ArtifactBuilder.HelmChart("s"), ArtifactBuilder.HelmChart("other"), [$"DigestDiffers||{ArtifactBuilder.HelmChart("s").Digest}|{ArtifactBuilder.HelmChart("other").Digest}"] },
    };

    [Theory]
    [MemberData(nameof(ByDigest))]
    public async Task By_digest_everything_in_the_lists_is_told(string what, BuiltManifest source, BuiltManifest destination, string[] expected)
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(source, destination);
        MirrorImageResult result = await pair.ValidateAsync(ComparisonMode.Digest);
        Assert.NotEmpty(what);
        Assert.Equal(expected, Told(result));
        Assert.Equal(expected.Length == 0 ? "Passed" : "Failed", result.Status);
        Assert.Equal(source.Children.Count > 0 && expected.Length == 0 ? 4 : source.Platform is null ? 2 : 3, result.RequestCount);
    }

    [Fact]
    public async Task A_manifest_that_is_listed_and_not_there_is_named()
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(List);
        pair.Destination.Store.DeleteManifest(MirrorPair.DestinationRepository, Of(List, 1));
        Assert.Equal([$"ManifestMissing|linux/arm64/v8|{Of(List, 1)}|"], Told(await pair.ValidateAsync()));
    }

    [Fact]
    public async Task What_could_not_be_compared_has_no_differences()
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(null, List);
        Assert.Empty((await pair.ValidateAsync()).Differences);
    }

    [Fact]
    public async Task A_difference_says_itself_in_a_line()
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(List, Made((List, 0)));
        MirrorImageResult result = await pair.ValidateAsync();
        Assert.Equal($"MissingPlatform linux/arm64/v8: {Of(List, 1)} -> -", result.Differences[0].ToString());
        Assert.Equal(string.Join("; ", result.Differences.Select(one => one.ToString())), result.Differences.ToString());
    }

    [Fact]
    public async Task One_platform_of_a_list_is_a_list_of_one_in_Platform_mode()
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(List, List.Children[1]);
        MirrorImageResult result = await pair.ValidateAsync(ComparisonMode.Platform);
        Assert.Equal([$"MissingPlatform|linux/amd64|{Of(List, 0)}|"], Told(result));
    }

    [Fact]
    public async Task What_the_config_of_a_plain_image_leaves_open_is_as_the_list_says_and_no_difference()
    {
        BuiltManifest image = SampleImages.Image("s", platform: new ImagePlatform("linux", "arm64"));
        await using MirrorPair pair = await MirrorPair.StartAsync(Entered(image, "linux/arm64/v8"), image);
        MirrorImageResult result = await pair.ValidateAsync(ComparisonMode.Platform, "arm64");
        ResultAssert.Passed(result);
        Assert.Empty(result.Differences);
    }

    [Fact]
    public async Task Thousands_of_entries_in_other_order_are_compared()
    {
        BuiltManifest wide = SampleImages.WideIndex("s", 5000);
        var reversed = new IndexBuilder(ImageFormat.Oci);
        for (int number = 4999; number >= 2; number--)
            reversed.Add(new IndexEntry(SampleImages.Image("s", ImageFormat.Oci)) { Platform = new ImagePlatform("linux", $"cpu{number}") });
        await using MirrorPair pair = await MirrorPair.StartAsync(wide, reversed.Build());
        MirrorImageResult result = await pair.ValidateAsync(architectures: "*");
        Assert.Equal(["MissingPlatform|linux/amd64", "MissingPlatform|linux/arm64/v8"], result.Differences.Take(2).Select(one => $"{one.Kind}|{one.Platform}"));
        MirrorDifference filtered = Assert.Single(result.Differences.Skip(2));
        Assert.Equal("FilteredIndex", filtered.Kind);
        Assert.StartsWith("The destination is the source's list without linux/amd64, linux/arm64/v8: ", filtered.Explanation, StringComparison.Ordinal);
    }

    internal static string[] Told(MirrorImageResult result) =>
        [.. result.Differences.Select(one => $"{one.Kind}|{one.Platform}|{one.Source}|{one.Destination}")];

    private static string Of(BuiltManifest list, int index) => list.Children[index].Digest;

    private static BuiltManifest Made(params (BuiltManifest List, int Index)[] entries)
    {
        var index = new IndexBuilder();
        foreach ((BuiltManifest list, int number) in entries) index.Add(list.Children[number]);
        return index.Build();
    }

    private static BuiltManifest Entries(params string[] platforms)
    {
        var index = new IndexBuilder();
        foreach (string platform in platforms) index.Add(new IndexEntry(Image) { Platform = ImagePlatform.Parse(platform) });
        return index.Build();
    }

    private static BuiltManifest Features(params string[] features) => Entered(Image, "windows/amd64", features);

    private static BuiltManifest Entered(BuiltManifest image, string platform, params string[] features)
    {
        ImagePlatform stated = ImagePlatform.Parse(platform) with { OSFeatures = [.. features] };
        return new IndexBuilder().Add(new IndexEntry(image) { Platform = stated }).Build();
    }
}
