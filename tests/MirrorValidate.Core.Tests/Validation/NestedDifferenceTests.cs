using MirrorValidate.Embedded.Images;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Validation;

/// <summary>A list in a list is told as that.</summary>
public sealed class NestedDifferenceTests
{
    private static readonly BuiltManifest Flat = SampleImages.OciIndex("s", [ImagePlatform.LinuxAmd64, ImagePlatform.LinuxArm64]);
    private static readonly BuiltManifest Other = SampleImages.OciIndex("other", [ImagePlatform.LinuxAmd64]);
    private static readonly BuiltManifest Extra = SampleImages.Image("s", ImageFormat.Oci, ImagePlatform.LinuxS390x);
    private static readonly BuiltManifest Nested = Made(Flat, Extra);

    public static TheoryData<string, BuiltManifest, BuiltManifest, string, string[], string> Cases() => new()
    {
        { "the whole list in a list", Flat, Made(Flat), "amd64,arm64", [$"NestedIndex|||{Flat.Digest}"], "holds the source's whole list" },
        { "the whole list in a list, everything selected", Flat, Made(Flat), "*", [$"NestedIndex|||{Flat.Digest}"], "holds the source's whole list" },
        { "another list in a list", Flat, Made(Other), "amd64,arm64", [$"NestedIndex|||{Other.Digest}"], "linux/amd64, linux/arm64/v8 may be in it" },
        { "the first image and another list", Flat, Made(Flat.Children[0], Other), "amd64,arm64", [$"NestedIndex|||{Other.Digest}"], "linux/arm64/v8 may be in it" },
        { "a list that was flattened", Nested, Made(Flat.Children[0], Flat.Children[1], Extra), "*", [$"NestedIndex||{Flat.Digest}|"], "linux/amd64, linux/arm64/v8 may come from it" },
        { "a list that was left out", Nested, Made(Extra), "*", [$"NestedIndex||{Flat.Digest}|"], "which the destination's list does not." },
        { "a list in place of one image", Extra, Made(Flat), "*", [$"NestedIndex|||{Flat.Digest}"], "linux/s390x may be in it" },
        { "another list on both sides", Nested, Made(Other, Extra), "*", [$"DigestDiffers||{Flat.Digest}|{Other.Digest}"], "the two differ" },
        { "a list entered under the platform of an image", Flat, Made(new IndexEntry(Other) { Platform = ImagePlatform.LinuxAmd64 }, new IndexEntry(Flat.Children[1])), "amd64,arm64", [$"NestedIndex|linux/amd64||{Other.Digest}"], "contains another list" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task It_is_told(
        string what, BuiltManifest source, BuiltManifest destination, string architectures, string[] expected, string explanation)
    {
        Assert.NotEmpty(what);
        await using MirrorPair pair = await MirrorPair.StartAsync(source, destination);
        MirrorImageResult result = await pair.ValidateAsync(architectures: architectures);
        Assert.Equal("Failed", result.Status);
        Assert.Equal(expected, DifferenceTests.Told(result));
        Assert.Contains(explanation, result.Differences[0].Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_that_is_not_selected_fails_nothing_and_is_not_told()
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(Made(Flat.Children[0]), Made(Flat.Children[0], Other));
        MirrorImageResult result = await pair.ValidateAsync(architectures: "amd64");
        ResultAssert.Passed(result);
        Assert.Empty(result.Differences);
    }

    [Fact]
    public async Task A_list_that_was_not_selected_may_be_missing()
    {
        await using MirrorPair pair =
            await MirrorPair.StartAsync(Made(Flat.Children[0], Other), Made(Flat.Children[0]));
        MirrorImageResult result = await pair.ValidateAsync(architectures: "amd64");
        ResultAssert.Passed(result);
        Assert.Empty(result.Differences);
    }

    [Theory]
    [InlineData(false, "The destination's list contains another list, which the source's list does not.")]
    [InlineData(
        true,
        "The destination's list contains another list, which the source's list does not; linux/s390x may be in it.")]
    public async Task Only_what_is_missing_and_has_a_platform_may_be_in_the_other_list(bool isMissing, string expected)
    {
        var unknown = new IndexEntry(SampleImages.Image("unknown", ImageFormat.Oci)) { Platform = null };
        IndexEntry[] missing = isMissing ? [unknown, new(Extra)] : [];
        var list = new IndexEntry(Other) { Platform = ImagePlatform.LinuxArmV7 };
        await using MirrorPair pair = await MirrorPair.StartAsync(
            Made([new(Flat.Children[0]), .. missing]), Made(new IndexEntry(Flat.Children[0]), list));
        Assert.Equal(expected, (await pair.ValidateAsync(architectures: "*")).Differences[0].Explanation);
    }

    [Fact]
    public async Task What_is_missing_beside_the_same_nested_list_is_missing()
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(Nested, Made(Flat));
        Assert.Equal([$"MissingPlatform|linux/s390x|{Extra.Digest}|"], DifferenceTests.Told(await pair.ValidateAsync(architectures: "*")));
    }

    [Fact]
    public async Task Two_nested_lists_that_differ_are_explained_as_lists()
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(Nested, Made(Other, Extra));
        pair.With = options => options with { Explain = true };
        MirrorDifference told = Assert.Single((await pair.ValidateAsync(architectures: "*")).Differences);
        Assert.Equal("Both lists contain another list here, and the two differ.", told.Explanation);
    }

    private static BuiltManifest Made(params BuiltManifest[] entries) => Made([.. entries.Select(entry => new IndexEntry(entry))]);

    private static BuiltManifest Made(params IndexEntry[] entries)
    {
        var index = new IndexBuilder(ImageFormat.Oci);
        foreach (IndexEntry entry in entries) index.Add(entry);
        return index.Build();
    }
}
