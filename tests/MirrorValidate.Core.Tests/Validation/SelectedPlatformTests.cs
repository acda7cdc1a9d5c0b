using MirrorValidate.Core.Tests.Registries;
using MirrorValidate.Embedded.Images;
using MirrorValidate.Platforms;
using MirrorValidate.Registries;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Validation;

/// <summary>Only the selected platforms of an image must be at the destination.</summary>
public sealed class SelectedPlatformTests
{
    private static readonly BuiltManifest List = SampleImages.DockerList(
        "s",
        [
            new("linux", "amd64"),
            new("linux", "amd64", "v2"),
            new("linux", "arm64", "v8"),
            new("windows", "amd64", OSVersion: "10.0.17763.5576"),
            new("windows", "amd64", OSVersion: "10.0.20348.2340"),
            new("freebsd", "amd64"),
        ]);

    [Theory]
    [InlineData("linux/*", "linux/amd64 linux/amd64/v2 linux/arm64/v8")]
    [InlineData("linux/amd64,linux/arm64", "linux/amd64 linux/amd64/v2 linux/arm64/v8")]
    [InlineData("*/amd64:10.0.20348.*", "windows/amd64:10.0.20348.2340")]
    [InlineData("windows/amd64:10.0.20348.*", "windows/amd64:10.0.20348.2340")]
    [InlineData("freebsd/amd64,windows/*", "windows/amd64:10.0.17763.5576 windows/amd64:10.0.20348.2340 freebsd/amd64")]
    [InlineData("linux/arm64/v8", "linux/arm64/v8")]
    [InlineData("linux/amd64/v2,freebsd/*", "linux/amd64/v2 freebsd/amd64")]
    [InlineData("linux/amd64/v1", "linux/amd64")]
    public async Task A_mirror_of_the_selected_platforms_passes(string patterns, string mirrored)
    {
        string[] platforms = mirrored.Split(' ');
        BuiltManifest part = SampleImages.Filtered(List, platform => platforms.Contains(platform.ToString()));
        await using MirrorPair pair = await MirrorPair.StartAsync(List, part);
        pair.With = options => options with { Platforms = PlatformSelection.Of(patterns) };
        ResultAssert.Passed(await pair.ValidateAsync());
        pair.With = options => options;
        ResultAssert.Failed(ValidationReason.SpecMismatch, "source manifest", await pair.ValidateAsync());
    }

    [Fact]
    public async Task A_selected_platform_that_is_missing_fails_and_its_remedy_names_those_that_are_there()
    {
        BuiltManifest part = SampleImages.Filtered(List, platform => platform is { OS: "linux", Variant: null or "v8" });
        await using MirrorPair pair = await MirrorPair.StartAsync(List, part);
        MirrorImageResult result = await pair.ValidateAsync();
        ResultAssert.Failed(ValidationReason.SpecMismatch, "source manifest", result);
        MirrorDifference missing = result.Differences.First(one => one.Kind == "MissingPlatform");
        Assert.EndsWith("validate with -Platform linux/amd64/v1,linux/arm64.", missing.Remedy, StringComparison.Ordinal);
        pair.With = options => options with { Platforms = PlatformSelection.Of("linux/amd64/v1", "linux/arm64") };
        ResultAssert.Passed(await pair.ValidateAsync());
    }

    [Fact]
    public async Task A_platform_in_the_line_selects_for_that_line_only()
    {
        BuiltManifest part = SampleImages.Filtered(List, platform => platform.Architecture == "arm64");
        await using MirrorPair pair = await MirrorPair.StartAsync(List, part);
        var log = new CapturedLog();
        pair.Log = log;
        MirrorImageResult result = await pair.ValidateAsync(line: $"--platform=linux/arm64 {pair.Line}");
        ResultAssert.Passed(result);
        Assert.Equal("linux/arm64", result.Platform);
        Assert.Single(result.SourceSpec);
        Assert.Single(result.DestinationSpec);
        Assert.Contains(log.Events, one => one.Text.EndsWith("platforms [linux/arm64]", StringComparison.Ordinal));
        ResultAssert.Failed(ValidationReason.SpecMismatch, "source manifest", await pair.ValidateAsync());
    }

    [Fact]
    public async Task A_source_without_the_platform_of_the_line_is_an_error()
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(List);
        MirrorImageResult result = await pair.ValidateAsync(line: $"--platform=linux/s390x {pair.Line}");
        ResultAssert.Error(
            ValidationReason.NoMatchingPlatform, "no image available for specified arch list [linux/s390x]", result);
    }

    [Theory]
    [InlineData(ValidationDepth.Manifest)]
    [InlineData(ValidationDepth.Content)]
    public async Task Nothing_is_asked_of_platforms_that_do_not_take_part(ValidationDepth depth)
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(List);
        pair.Depth = depth;
        pair.With = options => options with { Platforms = PlatformSelection.Of("linux/arm64") };
        foreach (BuiltManifest child in List.Children.Where(child => child.Platform!.Architecture != "arm64"))
            pair.Destination.Store.DeleteManifest(MirrorPair.DestinationRepository, child.Digest);
        MirrorImageResult result = await pair.ValidateAsync();
        ResultAssert.Passed(result);
        Assert.Equal(1, result.Proof.Manifests);
        Assert.DoesNotContain(pair.Asked(RegistrySide.Destination), asked => asked.EndsWith(List.Children[0].Digest, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Platforms_are_selected_without_a_request_more()
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(List);
        int usual = (await pair.ValidateAsync(architectures: "arm64")).RequestCount;
        pair.With = options => options with { Platforms = PlatformSelection.Of("linux/arm64") };
        Assert.Equal(usual, (await pair.ValidateAsync()).RequestCount);
    }

    [Theory]
    [InlineData("linux/amd64", true)]
    [InlineData("linux/*", true)]
    [InlineData("windows/amd64", false)]
    public async Task A_single_image_takes_part_by_the_platform_of_its_config(string pattern, bool takesPart)
    {
        BuiltManifest image = SampleImages.Image("one");
        await using MirrorPair pair = await MirrorPair.StartAsync(image, SampleImages.Wrapped(image));
        pair.With = options => options with { Platforms = PlatformSelection.Of(pattern) };
        MirrorImageResult result = await pair.ValidateAsync();
        if (takesPart) ResultAssert.Passed(result);
        else ResultAssert.Error(ValidationReason.NoMatchingPlatform, "no image available", result);
    }

    [Fact]
    public async Task One_platform_of_a_list_as_a_plain_image_passes_with_that_platform()
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(List, List.Children[0]);
        pair.With = options => options with { Platforms = PlatformSelection.Of("linux/amd64/v1") };
        ResultAssert.Passed(await pair.ValidateAsync(ComparisonMode.Platform));
        pair.With = options => options with { Platforms = PlatformSelection.Of("linux/amd64") };
        ResultAssert.Failed(ValidationReason.SpecMismatch, "source manifest", await pair.ValidateAsync(ComparisonMode.Platform));
    }
}
