using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;
using MirrorValidate.Platforms;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Validation;

/// <summary>A list that may be sparse on purpose is told as both.</summary>
public sealed class SparseListTests
{
    private const string Mends = "skopeo copy --all or regctl image copy --force-recursive";

    private static readonly BuiltManifest List = SampleImages.DockerList("s");
    private static readonly BuiltManifest Windows = SampleImages.WindowsList("s");

    public static TheoryData<string, BuiltManifest, int[], string, string> Sparse() => new()
    {
        { "one of two", List, [1], "amd64,arm64", "linux/amd64" },
        { "all but one", List, [1, 2, 3], "*", "linux/amd64" },
        { "all but two", List, [2, 3], "*", "linux/amd64,linux/arm64" },
        { "Windows", Windows, [1, 2], "amd64", "linux/amd64" },
        { "with attestations", SampleImages.OciIndex("s", attestations: true), [1, 2, 3], "*", "linux/amd64" },
    };

    [Theory]
    [MemberData(nameof(Sparse))]
    public async Task Whole_platforms_that_are_not_there_may_have_been_left_out_on_purpose(
        string what, BuiltManifest list, int[] lost, string architectures, string selection)
    {
        Assert.NotEmpty(what);
        await using MirrorPair pair = await MirrorPair.StartAsync(list);
        foreach (int index in lost) Lose(pair, list.Children[index]);
        MirrorImageResult result = await pair.ValidateAsync(architectures: architectures);
        ResultAssert.Failed(ValidationReason.DestinationManifestMissing, "failed to inspect dest image", result);
        Assert.Equal(lost.Length, result.Differences.Count);
        Assert.All(result.Differences, told =>
        {
            Assert.Contains("on purpose, as regsync does with platforms:", told.Explanation, StringComparison.Ordinal);
            Assert.Contains("garbage collection", told.Explanation, StringComparison.Ordinal);
            string platforms = string.Join(", ", lost.Select(index => list.Children[index].Platform));
            Assert.StartsWith(
                $"Nothing of {platforms} is at the destination, ", told.Explanation, StringComparison.Ordinal);
            Assert.Contains($"validate with -Platform {selection}.", told.Remedy, StringComparison.Ordinal);
            Assert.Contains(Mends, told.Remedy, StringComparison.Ordinal);
        });
        pair.With = options => options with { Platforms = PlatformSelection.Of(selection) };
        ResultAssert.Passed(await pair.ValidateAsync());
    }

    [Fact]
    public async Task Nothing_is_on_purpose_where_nothing_is_there_or_something_else_is_wrong()
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(List);
        Lose(pair, List.Children[1]);
        pair.Depth = ValidationDepth.Blob;
        pair.Destination.Store.DeleteBlob(MirrorPair.DestinationRepository, List.Children[0].Blobs[1].Digest);
        await AssertNoPurposeAsync(pair);
        pair.Depth = ValidationDepth.Manifest;
        Lose(pair, List.Children[0]);
        await AssertNoPurposeAsync(pair);
    }

    [Fact]
    public async Task Nothing_is_on_purpose_where_the_rest_could_not_be_looked_at()
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(List);
        Lose(pair, List.Children[1]);
        pair.Destination.Faults.Add(new Fault { Path = $"*/manifests/{List.Children[0].Digest}", Status = 403 });
        await AssertNoPurposeAsync(pair);
    }

    [Fact]
    public async Task Nothing_is_on_purpose_where_more_than_whole_platforms_is_lost()
    {
        BuiltManifest list = NumberedImages.List("1 linux/amd64", "2 linux/arm64", "3 -");
        await using MirrorPair pair = await MirrorPair.StartAsync(list);
        Lose(pair, NumberedImages.Of(2));
        Lose(pair, NumberedImages.Of(3));
        await AssertNoPurposeAsync(pair, "*");
    }

    [Fact]
    public async Task Nothing_is_on_purpose_where_an_image_of_a_nested_list_is_lost()
    {
        BuiltManifest nested = SampleImages.NestedIndex("s");
        await using MirrorPair pair = await MirrorPair.StartAsync(nested);
        Lose(pair, nested.Children[0].Children[1]);
        await AssertNoPurposeAsync(pair, "*");
    }

    [Fact]
    public async Task No_selection_is_advised_that_cannot_tell_what_is_there_from_what_is_lost()
    {
        // Without a variant, amd64 is v1.
        await using MirrorPair pair =
            await MirrorPair.StartAsync(NumberedImages.List("1 linux/amd64", "2 linux/amd64/v1"));
        Lose(pair, NumberedImages.Of(2));
        MirrorDifference told = Assert.Single((await pair.ValidateAsync()).Differences);
        Assert.StartsWith(
            "If that is on purpose, leave it so; -Platform cannot tell these platforms from the others. "
                + $"If not, mirror it again with {Mends}.",
            told.Remedy,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_told_beside_it_keeps_its_own_words()
    {
        BuiltManifest list = new IndexBuilder(ImageFormat.Oci)
            .Add(new IndexEntry(List.Children[0]) { Size = 1 }).Add(List.Children[1]).Build();
        await using MirrorPair pair = await MirrorPair.StartAsync(list);
        Lose(pair, List.Children[1]);
        MirrorDifferenceCollection told = (await pair.ValidateAsync()).Differences;
        Assert.Equal(["ManifestMissing", "SourceDescriptorMismatch"], told.Select(one => one.Kind));
        Assert.Contains("on purpose", told[0].Explanation, StringComparison.Ordinal);
        Assert.Contains("states a wrong size", told[1].Explanation, StringComparison.Ordinal);
        Assert.Contains("pushed to the source again", told[1].Remedy, StringComparison.Ordinal);
    }

    private static void Lose(MirrorPair pair, BuiltManifest manifest) =>
        pair.Destination.Store.DeleteManifest(MirrorPair.DestinationRepository, manifest.Digest);

    private static async Task AssertNoPurposeAsync(MirrorPair pair, string architectures = "amd64,arm64")
    {
        MirrorImageResult result = await pair.ValidateAsync(architectures: architectures);
        Assert.Equal("Failed", result.Status);
        Assert.NotEmpty(result.Differences);
        Assert.All(result.Differences, told => Assert.DoesNotContain("on purpose", told.Explanation, StringComparison.Ordinal));
    }
}
