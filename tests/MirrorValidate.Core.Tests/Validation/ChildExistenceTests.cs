using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;
using MirrorValidate.Registries;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Validation;

/// <summary>What a list names must be there. Only a 404 to a GET proves that it is not.</summary>
public sealed class ChildExistenceTests
{
    private static readonly BuiltManifest List = SampleImages.DockerList("s");
    private static readonly BuiltManifest Arm64 = List.Child("linux/arm64/v8");
    private static readonly BuiltManifest Amd64 = List.Child("linux/amd64");
    private static readonly string Arm64Path = MirrorPair.ManifestPath(RegistrySide.Destination, Arm64.Digest);

    [Theory]
    [InlineData(ComparisonMode.ManifestList)]
    [InlineData(ComparisonMode.Platform)]
    [InlineData(ComparisonMode.Digest)]
    public async Task A_child_that_is_gone_is_named_in_every_mode(ComparisonMode mode)
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(List);
        pair.Destination.Store.DeleteManifest(MirrorPair.DestinationRepository, Arm64.Digest);
        MirrorImageResult result = await pair.ValidateAsync(mode);
        ResultAssert.Failed(
            ValidationReason.DestinationManifestMissing,
            $"failed to inspect dest image: [{pair.Destination.Host}/mirror/app@{Arm64.Digest} (linux/arm64/v8)]",
            result);
        Assert.Equal([$"HEAD {Arm64.Digest}", $"GET {Arm64.Digest}"], pair.Asked(RegistrySide.Destination).Where(one => one.EndsWith(Arm64.Digest, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task All_that_are_gone_are_named_in_the_order_of_the_list()
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(List);
        foreach (BuiltManifest child in List.Children) pair.Destination.Store.DeleteManifest(MirrorPair.DestinationRepository, child.Digest);
        MirrorImageResult result = await pair.ValidateAsync(architectures: "*");
        string names = string.Join(", ", List.Children.Select(child => $"{pair.Destination.Host}/mirror/app@{child.Digest} ({child.Platform})"));
        ResultAssert.Failed(ValidationReason.DestinationManifestMissing, $"failed to inspect dest image: [{names}]: ", result);
    }

    [Fact]
    public async Task A_child_that_is_not_selected_is_not_looked_for()
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(List);
        pair.Destination.Store.DeleteManifest(MirrorPair.DestinationRepository, Arm64.Digest);
        ResultAssert.Passed(await pair.ValidateAsync(architectures: "amd64"));
    }

    [Fact]
    public async Task The_one_image_of_a_list_is_looked_for_before_its_platform_is_compared()
    {
        BuiltManifest image = SampleImages.Image("s");
        BuiltManifest list = new IndexBuilder().Add(new IndexEntry(image) { Platform = ImagePlatform.LinuxS390x }).Build();
        await using MirrorPair pair = await MirrorPair.StartAsync(image, list);
        pair.Destination.Store.DeleteManifest(MirrorPair.DestinationRepository, image.Digest);
        ResultAssert.Failed(ValidationReason.DestinationManifestMissing, "failed to inspect dest image: [", await pair.ValidateAsync());
    }

    [Theory]
    [InlineData(405)]
    [InlineData(403)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(501)]
    public async Task Where_HEAD_is_refused_GET_tells(int status)
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(List);
        pair.Destination.Options.RefuseHead = status;
        MirrorImageResult result = await pair.ValidateAsync();
        ResultAssert.Passed(result);
        Assert.Equal(6, result.RequestCount);
        pair.Destination.Store.DeleteManifest(MirrorPair.DestinationRepository, Arm64.Digest);
        ResultAssert.Failed(ValidationReason.DestinationManifestMissing, "failed to inspect dest image: [", await pair.ValidateAsync());
    }

    [Fact]
    public async Task A_HEAD_that_answers_for_something_else_is_asked_again_by_GET()
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(List);
        Fault fault = pair.Destination.Faults.Add(new Fault { Method = "HEAD", Path = Arm64Path, DigestHeader = Amd64.Digest });
        MirrorImageResult result = await pair.ValidateAsync();
        ResultAssert.Passed(result);
        Assert.Equal((1, 5), (fault.Hits, result.RequestCount));
        Assert.Contains($"GET {Arm64.Digest}", pair.Asked(RegistrySide.Destination));
    }

    [Fact]
    public async Task A_child_whose_bytes_are_others_is_not_there()
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(List);
        pair.Destination.Faults.Add(new Fault { Path = Arm64Path, DigestHeader = Amd64.Digest, TransformBody = _ => Amd64.Content.ToArray() });
        ResultAssert.Error(ValidationReason.DigestVerificationFailed, $"not the one that was asked for", await pair.ValidateAsync());
    }

    public static TheoryData<string, Fault, ValidationReason> Unknowable() => new()
    {
        { "401", new Fault { Path = Arm64Path, Status = 401 }, ValidationReason.Unauthorized },
        { "403", new Fault { Path = Arm64Path, Status = 403 }, ValidationReason.Forbidden },
        { "429", new Fault { Path = Arm64Path, Status = 429, Headers = { ["Retry-After"] = "0" } }, ValidationReason.RateLimited },
        { "500", new Fault { Path = Arm64Path, Status = 500 }, ValidationReason.RegistryUnavailable },
        { "500 to GET", new Fault { Path = Arm64Path, Method = "GET", Status = 500 }, ValidationReason.RegistryUnavailable },
        { "reset", new Fault { Path = Arm64Path, AbortConnection = true }, ValidationReason.RegistryUnavailable },
        { "cut off", new Fault { Path = Arm64Path, Method = "GET", CutOffAfter = 10 }, ValidationReason.RegistryUnavailable },
        { "endless", new Fault { Path = Arm64Path, Method = "GET", EndlessBody = true }, ValidationReason.ResponseTooLarge },
        { "not JSON", new Fault { Path = Arm64Path, Method = "GET", Body = "<html/>", ContentType = "text/html", DigestHeader = "" }, ValidationReason.MalformedManifest },
        { "wrong bytes", new Fault { Path = Arm64Path, Method = "GET", TransformBody = body => [.. body, 32] }, ValidationReason.DigestVerificationFailed },
        { "308 to nowhere", new Fault { Path = Arm64Path, Status = 308, Body = "" }, ValidationReason.UnexpectedResponse },
    };

    [Theory]
    [MemberData(nameof(Unknowable))]
    public async Task A_child_that_cannot_be_looked_for_is_not_said_to_be_missing(string what, Fault fault, ValidationReason reason)
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(List);
        // A fault of GET alone takes part where HEAD is refused.
        if (fault.Method == "GET") pair.Destination.Options.RefuseHead = 405;
        pair.Destination.Faults.Add(fault);
        MirrorImageResult result = await pair.ValidateAsync();
        ResultAssert.Error(reason, Arm64Path, result);
        Assert.Equal((2, 2), (result.SourceSpec.Count, result.DestinationSpec.Count));
        Assert.True(fault.Hits > 0, what);
    }

    [Fact]
    public async Task A_child_that_never_answers_times_out()
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(List);
        pair.Timeout = TimeSpan.FromMilliseconds(500);
        pair.Destination.Faults.Add(new Fault { Path = Arm64Path, HangForever = true });
        ResultAssert.Error(ValidationReason.TimedOut, "no answer within", await pair.ValidateAsync());
    }

    [Fact]
    public async Task What_is_proven_missing_outweighs_what_is_not_known()
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(List);
        pair.Destination.Faults.Add(new Fault { Path = MirrorPair.ManifestPath(RegistrySide.Destination, Amd64.Digest), Status = 500 });
        pair.Destination.Store.DeleteManifest(MirrorPair.DestinationRepository, Arm64.Digest);
        MirrorImageResult result = await pair.ValidateAsync();
        ResultAssert.Failed(ValidationReason.DestinationManifestMissing, "failed to inspect dest image: [", result);
        Assert.Contains(Arm64.Digest, result.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Amd64.Digest, result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_several_troubles_the_first_of_the_list_is_told()
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(List);
        pair.Destination.Faults.Add(new Fault { Path = MirrorPair.ManifestPath(RegistrySide.Destination, Amd64.Digest), Status = 500 });
        pair.Destination.Faults.Add(new Fault { Path = Arm64Path, Status = 403 });
        for (int i = 0; i < 5; i++) ResultAssert.Error(ValidationReason.RegistryUnavailable, Amd64.Digest, await pair.ValidateAsync());
    }

    [Fact]
    public async Task A_digest_that_stands_in_two_entries_is_looked_for_once()
    {
        BuiltManifest wide = SampleImages.WideIndex("s", 200);
        await using MirrorPair pair = await MirrorPair.StartAsync(wide);
        MirrorImageResult result = await pair.ValidateAsync(architectures: "*");
        ResultAssert.Passed(result);
        Assert.Equal(200, result.SourceSpec.Count);
        Assert.Equal(2 + 2, result.RequestCount);
    }
}
