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
            Assert.Contains($"{list.Children[lost[0]].Platform}", told.Explanation, StringComparison.Ordinal);
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

    private static void Lose(MirrorPair pair, BuiltManifest manifest) =>
        pair.Destination.Store.DeleteManifest(MirrorPair.DestinationRepository, manifest.Digest);

    private static async Task AssertNoPurposeAsync(MirrorPair pair)
    {
        MirrorImageResult result = await pair.ValidateAsync();
        Assert.Equal("Failed", result.Status);
        Assert.NotEmpty(result.Differences);
        Assert.All(result.Differences, told => Assert.DoesNotContain("on purpose", told.Explanation, StringComparison.Ordinal));
    }
}
