using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;
using MirrorValidate.ImageLists;
using MirrorValidate.Registries;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Validation;

/// <summary>What is asked, how often, and at the same time as what.</summary>
public sealed class RequestTests
{
    private static readonly BuiltManifest List = SampleImages.OciIndex("s", attestations: true);

    public static TheoryData<string, BuiltManifest, BuiltManifest, ComparisonMode, string, int> Counts() => new()
    {
        { "a pair of lists, two children", List, List, ComparisonMode.ManifestList, "amd64,arm64", 2 + 2 },
        { "a pair of lists, everything", List, List, ComparisonMode.ManifestList, "*", 2 + 8 },
        { "a pair of lists by digest", List, List, ComparisonMode.Digest, "amd64,arm64", 2 + 2 },
        { "one image in a list: its config, and the one child", SampleImages.Image("s"), SampleImages.Wrapped(SampleImages.Image("s")), ComparisonMode.ManifestList, "amd64", 2 + 1 + 1 },
        { "two images: both configs", SampleImages.Image("s"), SampleImages.Image("s"), ComparisonMode.Platform, "amd64", 2 + 2 },
        { "two images by digest: the source's config", SampleImages.Image("s"), SampleImages.Image("s"), ComparisonMode.Digest, "amd64", 2 + 1 },
        { "schema 1 in a list: no config", SampleImages.Schema1("s", "app", "v1"), SampleImages.Wrapped(SampleImages.Image("s")), ComparisonMode.ManifestList, "amd64", 2 + 1 },
        { "charts: no config", ArtifactBuilder.HelmChart("s"), ArtifactBuilder.HelmChart("s"), ComparisonMode.ManifestList, "amd64", 2 },
    };

    [Theory]
    [MemberData(nameof(Counts))]
    public async Task A_good_pair_costs_no_request_too_many(
        string what, BuiltManifest source, BuiltManifest destination, ComparisonMode mode, string architectures, int count)
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(source, destination);
        MirrorImageResult result = await pair.ValidateAsync(mode, architectures);
        ResultAssert.Passed(result);
        Assert.Equal(count, result.RequestCount);
        Assert.Equal(count, pair.Source.Requests.Count + pair.Destination.Requests.Count);
        Assert.NotEmpty(what);
    }

    [Fact]
    public async Task What_differs_costs_no_look_at_the_children()
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(List, SampleImages.OciIndex("other"));
        Assert.Equal(2, (await pair.ValidateAsync()).RequestCount);
        Assert.Equal(["GET v1"], pair.Asked(RegistrySide.Destination));
    }

    [Fact]
    public async Task A_line_that_cannot_be_read_costs_nothing()
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(List);
        MirrorImageResult result = await pair.ValidateAsync(line: "one two three four");
        ResultAssert.Error(ValidationReason.InvalidLine, "list.txt, line 3: expected SOURCE DESTINATION TAG", result);
        Assert.Equal(0, result.RequestCount);
    }

    [Fact]
    public async Task Both_sides_are_asked_at_the_same_time()
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(List);
        foreach (RegistrySide side in new[] { RegistrySide.Source, RegistrySide.Destination })
            pair.Of(side).Faults.Add(new Fault { Path = MirrorPair.ManifestPath(side), HangForever = true });
        await CancelledWhenAsync(pair, "*", () => pair.Source.Requests.Concurrency == 1 && pair.Destination.Requests.Concurrency == 1);
    }

    [Fact]
    public async Task The_children_are_asked_for_at_the_same_time()
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(List);
        pair.Destination.Faults.Add(new Fault { Method = "HEAD", HangForever = true });
        await CancelledWhenAsync(pair, "*", () => pair.Destination.Requests.Concurrency == List.Children.Count);
    }

    [Fact]
    public async Task A_list_of_thousands_is_no_flood()
    {
        BuiltManifest list = SampleImages.DockerList("s", Enumerable.Range(0, 100).Select(i => new ImagePlatform("linux", $"cpu{i}")));
        await using MirrorPair pair = await MirrorPair.StartAsync(list);
        pair.Destination.Faults.Add(new Fault { Method = "HEAD", HangForever = true });
        await CancelledWhenAsync(pair, "*", () => pair.Destination.Requests.Concurrency == 32);
        Assert.Equal(32, pair.Destination.Requests.PeakConcurrency);
    }

    // The state is waited for, however long it takes, and only then left: requests that are sent one after the other never reach it.
    private static async Task CancelledWhenAsync(MirrorPair pair, string architectures, Func<bool> isReached)
    {
        using var cancellation = new CancellationTokenSource();
        Task<MirrorImageResult> validation = pair.ValidateAsync(architectures: architectures, cancellationToken: cancellation.Token);
        await Patience.UntilAsync(isReached);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => validation);
    }

    [Fact]
    public async Task A_run_that_is_cancelled_before_it_begins_asks_nothing_and_gives_no_verdict()
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(List);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pair.ValidateAsync(cancellationToken: new CancellationToken(canceled: true)));
        Assert.Equal(0, pair.Source.Requests.Count + pair.Destination.Requests.Count);
    }

    [Fact]
    public async Task A_fault_of_the_program_itself_is_an_error_and_costs_only_this_entry()
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(List);
        var broken = new ImageListEntry(1, new ImageListLine("line", 1, null), Image: null, Error: null);
        MirrorImageResult result = await pair.ValidateAsync(broken, ComparisonMode.ManifestList, "*");
        ResultAssert.Error(ValidationReason.InternalError, "NullReferenceException", result);
        ResultAssert.Passed(await pair.ValidateAsync());
    }
}
