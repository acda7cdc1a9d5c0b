using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;
using MirrorValidate.Registries;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Validation;

/// <summary>The attestations that an index holds of its images, with -IncludeAttestation.</summary>
public sealed class AttestationTests
{
    private static readonly BuiltManifest Index = SampleImages.OciIndex("s", attestations: true);

    [Fact]
    public async Task Attestations_of_what_was_compared_are_looked_for()
    {
        await using MirrorPair pair = await StartAsync(Index, Index);
        MirrorImageResult result = await pair.ValidateAsync();
        ResultAssert.Passed(result);
        Assert.Equal(2 + 2 + 2, result.RequestCount);
    }

    [Fact]
    public async Task Attestations_that_were_left_behind_are_named_by_the_platform_of_their_image()
    {
        BuiltManifest mirrored = SampleImages.Filtered(Index, platform => platform != ImagePlatform.Unknown);
        await using MirrorPair pair = await StartAsync(Index, mirrored);
        MirrorImageResult result = await pair.ValidateAsync();
        ResultAssert.Failed(
            ValidationReason.AttestationMissing,
            $"destination lacks what belongs to the source: [attestation linux/amd64 {Index.Children[4].Digest}, attestation linux/arm64/v8 {Index.Children[5].Digest}]",
            result);
        Assert.Equal(
            [$"AttestationMissing|linux/amd64|{Index.Children[4].Digest}|", $"AttestationMissing|linux/arm64/v8|{Index.Children[5].Digest}|"],
            DifferenceTests.Told(result));
        pair.With = options => options;
        ResultAssert.Passed(await pair.ValidateAsync());
    }

    [Fact]
    public async Task Of_what_differs_the_attestations_that_the_list_lacks_are_told_too()
    {
        await using MirrorPair pair = await StartAsync(Index, SampleImages.Filtered(Index, platform => platform.Architecture == "amd64"));
        MirrorImageResult result = await pair.ValidateAsync();
        ResultAssert.Failed(ValidationReason.SpecMismatch, "source manifest", result);
        Assert.Equal(
            ["MissingPlatform linux/arm64/v8", "FilteredIndex ", "AttestationMissing linux/amd64", "AttestationMissing linux/arm64/v8"],
            result.Differences.Select(one => $"{one.Kind} {one.Platform}"));
        Assert.Equal(2, result.RequestCount);
    }

    [Fact]
    public async Task An_attestation_that_is_listed_must_be_there()
    {
        await using MirrorPair pair = await StartAsync(Index, Index);
        pair.Destination.Store.DeleteManifest(MirrorPair.DestinationRepository, Index.Children[5].Digest);
        MirrorImageResult result = await pair.ValidateAsync();
        ResultAssert.Failed(ValidationReason.AttestationMissing, "destination lacks", result);
        Assert.Contains("lists it", Assert.Single(result.Differences).Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_attestation_of_an_image_that_was_not_compared_may_be_missing()
    {
        await using MirrorPair pair = await StartAsync(Index, Index);
        pair.Destination.Store.DeleteManifest(MirrorPair.DestinationRepository, Index.Children[7].Digest);
        ResultAssert.Passed(await pair.ValidateAsync());
    }

    [Fact]
    public async Task An_attestation_that_could_not_be_looked_for_is_an_error_unless_another_is_missing()
    {
        await using MirrorPair pair = await StartAsync(Index, Index);
        pair.Destination.Faults.Add(new Fault { Path = MirrorPair.ManifestPath(RegistrySide.Destination, Index.Children[4].Digest), Status = 403 });
        ResultAssert.Error(ValidationReason.Forbidden, Index.Children[4].Digest, await pair.ValidateAsync());
        pair.Destination.Store.DeleteManifest(MirrorPair.DestinationRepository, Index.Children[5].Digest);
        ResultAssert.Failed(ValidationReason.AttestationMissing, "destination lacks", await pair.ValidateAsync());
    }

    [Fact]
    public async Task One_image_of_an_index_has_no_attestation_in_Platform_mode()
    {
        await using MirrorPair pair = await StartAsync(Index, Index.Children[0]);
        Assert.Equal(nameof(ValidationReason.AttestationMissing), (await pair.ValidateAsync(ComparisonMode.Platform, "amd64")).Reason);
    }

    private static async Task<MirrorPair> StartAsync(BuiltManifest source, BuiltManifest destination)
    {
        MirrorPair pair = await MirrorPair.StartAsync(source, destination);
        pair.With = options => options with { IncludeAttestation = true };
        return pair;
    }
}
