using MirrorValidate.Core.Tests.Registries;
using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;
using MirrorValidate.Manifests;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Validation;

/// <summary>What -Explain learns where one side, or both, are lists.</summary>
public sealed class ListExplanationTests
{
    private static readonly BuiltManifest Image = SampleImages.Image("s");
    private static readonly BuiltManifest Other = SampleImages.Image("other");

    [Fact]
    public async Task A_list_that_was_converted_with_its_images_is_told_with_them()
    {
        BuiltManifest list = SampleImages.DockerList("s", [ImagePlatform.LinuxAmd64, ImagePlatform.LinuxArm64]);
        var index = new IndexBuilder(ImageFormat.Oci);
        foreach (BuiltManifest child in list.Children) index.Add(ChangedImages.Converted(child));
        await using MirrorPair pair = await ExplanationTests.StartAsync(list, index.Build());
        Assert.Equal(
            [
                $"MediaTypeConverted|linux/amd64|{MediaTypes.DockerManifest}|{MediaTypes.OciManifest}",
                $"MediaTypeConverted|linux/arm64/v8|{MediaTypes.DockerManifest}|{MediaTypes.OciManifest}",
                $"MediaTypeConverted||{MediaTypes.DockerList}|{MediaTypes.OciIndex}",
            ],
            DifferenceTests.Told(await pair.ValidateAsync()));
    }

    [Theory]
    [InlineData(ComparisonMode.ManifestList, "linux/amd64")]
    [InlineData(ComparisonMode.ManifestList, "")]
    [InlineData(ComparisonMode.Digest, "linux/amd64")]
    [InlineData(ComparisonMode.Digest, "")]
    public async Task The_format_of_a_list_that_was_converted_with_its_images_is_told_once(
        ComparisonMode mode, string platform)
    {
        ImagePlatform? stated = platform.Length > 0 ? ImagePlatform.Parse(platform) : null;
        BuiltManifest converted = ChangedImages.Converted(Image);
        await using MirrorPair pair = await ExplanationTests.StartAsync(
            new IndexBuilder().Add(new IndexEntry(Image) { Platform = stated }).Build(),
            new IndexBuilder(ImageFormat.Oci).Add(new IndexEntry(converted) { Platform = stated }).Build());
        MirrorImageResult result = await pair.ValidateAsync(mode, "*");
        Assert.Equal(
            [
                $"MediaTypeConverted|{platform}|{MediaTypes.DockerManifest}|{MediaTypes.OciManifest}",
                $"MediaTypeConverted||{MediaTypes.DockerList}|{MediaTypes.OciIndex}",
            ],
            DifferenceTests.Told(result));
        Assert.Contains("together with its images", result.Differences[1].Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_that_was_converted_without_its_images_is_told_as_that()
    {
        BuiltManifest converted = new IndexBuilder(ImageFormat.Oci).Add(Image).Build();
        await using MirrorPair pair = await ExplanationTests.StartAsync(SampleImages.Wrapped(Image), converted);
        MirrorDifference told = Assert.Single((await pair.ValidateAsync(ComparisonMode.Digest)).Differences);
        Assert.Equal($"MediaTypeConverted: {MediaTypes.DockerList} -> {MediaTypes.OciIndex}", $"{told}");
        Assert.DoesNotContain("together with its images", told.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plain_image_that_is_compared_with_a_list_is_told_once()
    {
        BuiltManifest list = SampleImages.DockerList("s");
        await using MirrorPair pair = await ExplanationTests.StartAsync(list, Other);
        string missing = $"MissingPlatform|linux/arm64/v8|{list.Children[1].Digest}|";
        Assert.Equal(
            [$"Rebuilt|linux/amd64|{Image.Digest}|{Other.Digest}", missing],
            DifferenceTests.Told(await pair.ValidateAsync(ComparisonMode.Platform)));
        Image.PutInto(pair.Destination.Store, MirrorPair.DestinationRepository, "v1");
        Assert.Equal(
            [$"NotAList|linux/amd64|{list.MediaType}|{Image.MediaType}", missing],
            DifferenceTests.Told(await pair.ValidateAsync()));
    }

    [Fact]
    public async Task One_image_in_place_of_a_list_stays_unknown_where_its_config_cannot_be_read()
    {
        BuiltManifest list = SampleImages.DockerList("s");
        await using MirrorPair pair = await ExplanationTests.StartAsync(list, Other);
        pair.Destination.Faults.Add(new Fault { Path = "*/blobs/*", Status = 403 });
        var log = new CapturedLog();
        pair.Log = log;
        Assert.Equal(
            [$"NotAList||{list.MediaType}|{Other.MediaType}"], DifferenceTests.Told(await pair.ValidateAsync()));
        Assert.Contains(
            log.Events,
            one => one.Text.Contains("platform of the destination's image is not known", StringComparison.Ordinal)
                && one.Text.Contains("403", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_converted_image_in_place_of_a_list_is_known_by_its_platform()
    {
        BuiltManifest list = SampleImages.DockerList("s");
        BuiltManifest copy = ChangedImages.Converted(list.Children[0]);
        await using MirrorPair pair = await ExplanationTests.StartAsync(list, copy);
        Assert.Equal(
            [
                $"NotAList||{MediaTypes.DockerList}|{MediaTypes.OciManifest}",
                $"MediaTypeConverted|linux/amd64|{MediaTypes.DockerManifest}|{MediaTypes.OciManifest}",
                $"MissingPlatform|linux/arm64/v8|{list.Children[1].Digest}|",
            ],
            DifferenceTests.Told(await pair.ValidateAsync()));
    }
}
