using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;
using MirrorValidate.Registries;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Validation;

/// <summary>Entries that are pinned to a digest, and tags that no longer point to it.</summary>
public sealed class PinTests
{
    private static readonly BuiltManifest List = SampleImages.DockerList("s");
    private static readonly BuiltManifest Other = SampleImages.DockerList("other");

    [Fact]
    public async Task Tags_that_point_to_the_digest_cost_one_look_each()
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(List);
        MirrorImageResult result = await pair.ValidateAsync(line: Line(pair));
        ResultAssert.Passed(result);
        Assert.Empty(result.Differences);
        Assert.Equal(["GET " + List.Digest, "HEAD v1"], pair.Asked(RegistrySide.Source));
        Assert.Equal(4 + 2, result.RequestCount);
    }

    [Fact]
    public async Task A_digest_alone_looks_at_no_tag()
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(List);
        Move(pair, RegistrySide.Destination);
        MirrorImageResult result = await pair.ValidateAsync(line: Line(pair, ""));
        ResultAssert.Passed(result);
        Assert.Equal(4, result.RequestCount);
    }

    [Fact]
    public async Task A_destination_whose_tag_moved_fails()
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(List);
        Move(pair, RegistrySide.Destination);
        MirrorImageResult result = await pair.ValidateAsync(line: Line(pair));
        ResultAssert.Failed(ValidationReason.TagDrift, $"destination tag \"v1\" points to \"{Other.Digest}\", not to the digest \"{List.Digest}\"", result);
        Assert.Equal([$"TagDrift||{List.Digest}|{Other.Digest}"], DifferenceTests.Told(result));
        Assert.Equal((List.Digest, List.Digest), (result.SourceDigest, result.DestinationDigest));
    }

    [Fact]
    public async Task A_source_whose_tag_moved_is_told()
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(List);
        Move(pair, RegistrySide.Source);
        MirrorImageResult result = await pair.ValidateAsync(line: Line(pair));
        ResultAssert.Passed(result);
        Assert.Equal([$"TagDrift||{Other.Digest}|{List.Digest}"], DifferenceTests.Told(result));
        Assert.Contains("points to another one at the source.", result.Differences[0].Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Both_tags_moved()
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(List);
        Move(pair, RegistrySide.Source);
        Move(pair, RegistrySide.Destination);
        MirrorImageResult result = await pair.ValidateAsync(line: Line(pair));
        ResultAssert.Failed(ValidationReason.TagDrift, "destination tag", result);
        Assert.Equal([$"TagDrift||{Other.Digest}|{Other.Digest}"], DifferenceTests.Told(result));
    }

    [Theory]
    [InlineData(nameof(RegistrySide.Source))]
    [InlineData(nameof(RegistrySide.Destination))]
    public async Task A_tag_that_is_not_there_is_told(string sideName)
    {
        RegistrySide side = Enum.Parse<RegistrySide>(sideName);
        await using MirrorPair pair = await MirrorPair.StartAsync(List);
        pair.Of(side).Store.DeleteManifest(MirrorPair.RepositoryOf(side), "v1");
        MirrorImageResult result = await pair.ValidateAsync(line: Line(pair));
        ResultAssert.Passed(result);
        Assert.Equal([side == RegistrySide.Source ? $"TagDrift|||{List.Digest}" : $"TagDrift||{List.Digest}|"], DifferenceTests.Told(result));
    }

    [Theory]
    [InlineData(nameof(RegistrySide.Source), 401, ValidationReason.Unauthorized)]
    [InlineData(nameof(RegistrySide.Destination), 503, ValidationReason.RegistryUnavailable)]
    public async Task A_tag_that_could_not_be_looked_at_is_an_error(string sideName, int status, ValidationReason reason)
    {
        RegistrySide side = Enum.Parse<RegistrySide>(sideName);
        await using MirrorPair pair = await MirrorPair.StartAsync(List);
        pair.Of(side).Faults.Add(new Fault { Path = MirrorPair.ManifestPath(side), Status = status });
        ResultAssert.Error(reason, "/manifests/v1", await pair.ValidateAsync(line: Line(pair)));
    }

    [Fact]
    public async Task What_is_proven_outweighs_what_could_not_be_looked_at()
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(List);
        Move(pair, RegistrySide.Destination);
        pair.Source.Faults.Add(new Fault { Path = MirrorPair.ManifestPath(RegistrySide.Source), Status = 403 });
        ResultAssert.Failed(ValidationReason.TagDrift, "destination tag", await pair.ValidateAsync(line: Line(pair)));
    }

    [Fact]
    public async Task A_digest_that_is_not_at_the_destination_keeps_its_reason_and_the_tag_is_told_beside()
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(List, Other);
        MirrorImageResult result = await pair.ValidateAsync(line: Line(pair));
        ResultAssert.Failed(ValidationReason.DestinationNotFound, "destination manifest does not exists", result);
        Assert.Equal([$"ImageMissing||{List.Digest}|", $"TagDrift||{List.Digest}|{Other.Digest}"], DifferenceTests.Told(result));
    }

    [Fact]
    public async Task A_registry_that_refuses_HEAD_or_tells_no_digest_is_asked_by_GET()
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(List, List, new EmbeddedRegistryOptions { OmitContentDigest = true });
        ResultAssert.Passed(await pair.ValidateAsync(line: Line(pair)));
        Move(pair, RegistrySide.Source);
        Assert.Equal("TagDrift", Assert.Single((await pair.ValidateAsync(line: Line(pair))).Differences).Kind);
        pair.Destination.Options.RefuseHead = 405;
        Move(pair, RegistrySide.Destination);
        ResultAssert.Failed(ValidationReason.TagDrift, "destination tag", await pair.ValidateAsync(line: Line(pair)));
    }

    [Fact]
    public async Task A_word_for_another_digest_is_checked_before_it_is_believed()
    {
        await using MirrorPair pair = await MirrorPair.StartAsync(List);
        pair.Destination.Faults.Add(new Fault { Method = "HEAD", Path = MirrorPair.ManifestPath(RegistrySide.Destination), DigestHeader = Other.Digest });
        ResultAssert.Passed(await pair.ValidateAsync(line: Line(pair)));
    }

    [Fact]
    public async Task Digests_of_sha512_are_verified_and_tags_compared_with_them()
    {
        string digest = ContentDigest.Sha512(List.Content.Span);
        await using MirrorPair pair = await MirrorPair.StartAsync(List);
        foreach (RegistrySide side in new[] { RegistrySide.Source, RegistrySide.Destination })
            pair.Of(side).Store.PutManifest(MirrorPair.RepositoryOf(side), null, List.MediaType, List.Content, digest);
        MirrorImageResult result = await pair.ValidateAsync(line: Line(pair, "v1@", digest));
        ResultAssert.Passed(result);
        Assert.Equal(digest, result.SourceDigest);
        Assert.Empty(result.Differences);

        Move(pair, RegistrySide.Destination);
        string moved = ContentDigest.Sha512(Other.Content.Span);
        ResultAssert.Failed(ValidationReason.TagDrift, $"destination tag \"v1\" points to \"{moved}\"", await pair.ValidateAsync(line: Line(pair, "v1@", digest)));

        pair.Destination.Store.PutManifest(MirrorPair.DestinationRepository, null, Other.MediaType, Other.Content, digest);
        ResultAssert.Error(ValidationReason.DigestVerificationFailed, "destination", await pair.ValidateAsync(line: Line(pair, "", digest)));
    }

    private static void Move(MirrorPair pair, RegistrySide side) => Other.PutInto(pair.Of(side).Store, MirrorPair.RepositoryOf(side), "v1");

    private static string Line(MirrorPair pair, string tag = "v1@", string? digest = null) =>
        $"{pair.Source.Host}/{MirrorPair.SourceRepository} {pair.Destination.Host}/{MirrorPair.DestinationRepository} {tag}{digest ?? List.Digest}";
}
