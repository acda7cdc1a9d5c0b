using MirrorValidate.Reports.Results;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Validation;

/// <summary>What people read of each kind of difference: why, what to do, and what the list view says.</summary>
public sealed class DifferenceWordsTests
{
    public static TheoryData<DifferenceKind, string, string, string> Words() => new()
    {
        {
            DifferenceKind.ImageMissing, "missing at the destination", "not mirrored yet",
            "Check the destination's name"
        },
        {
            DifferenceKind.NotAList, "missing at the destination", "copied one platform as a plain image",
            "with all its platforms"
        },
        {
            DifferenceKind.MediaTypeDiffers, "", "One side is a list and the other is not",
            "copies everything as it is"
        },
        {
            DifferenceKind.MissingPlatform, "missing at the destination", "added to the source's tag since",
            "with all platforms"
        },
        { DifferenceKind.ExtraPlatform, "missing at the source", "no longer has this platform", "list is replaced" },
        {
            DifferenceKind.NestedIndex, "digest differs; nested list", "contains another list",
            "copies everything as it is"
        },
        {
            DifferenceKind.PlatformDiffers, "the destination says linux/arm64", "under the wrong platform",
            "Mirror the image again"
        },
        {
            DifferenceKind.VariantDiffers, "the destination says linux/amd64/v2", "leaves out the variant",
            "Mirror the image again"
        },
        {
            DifferenceKind.OSVersionDiffers, "the destination says linux/amd64:5",
            "a tool that leaves out os.version, or it is of another update of Windows", "Mirror the image again"
        },
        {
            DifferenceKind.OSFeaturesDiffer, "other os.features", "does not keep os.features",
            "Nothing needs to be done"
        },
        { DifferenceKind.DigestDiffers, "digest differs", "tag has moved since", "Run again with -Explain" },
        { DifferenceKind.Reordered, "", "sorts its entries", "Nothing needs to be done" },
        { DifferenceKind.FilteredIndex, "", "without linux/arm64", "if the others are not wanted" },
        {
            DifferenceKind.ManifestMissing, "listed, but not in the destination registry",
            "The list survived what it lists", "skopeo copy --all or regctl image copy --force-recursive"
        },
        {
            DifferenceKind.DescriptorMismatch, "wrong size or type in the list", "clients refuse to pull",
            "copies the list as it is"
        },
        {
            DifferenceKind.SourceDescriptorMismatch, "wrong size or type in the source's list",
            "source's list states a wrong size", "pushed to the source again"
        },
        {
            DifferenceKind.BlobMissing, "content missing", "The manifest survived what it needs",
            "Delete the manifest that needs it"
        },
        { DifferenceKind.BlobSizeMismatch, "content damaged", "lost the end of this content", "garbage collection" },
        { DifferenceKind.BlobDigestMismatch, "content damaged", "changed this content", "garbage collection" },
        {
            DifferenceKind.MediaTypeConverted, "digest differs; converted between Docker and OCI",
            "configuration and layers are the same", "If the mirror may change digests"
        },
        {
            DifferenceKind.Recompressed, "digest differs; compressed anew", "compressed the layers anew",
            "If the mirror may change digests"
        },
        { DifferenceKind.StaleTag, "digest differs; an older state", "created", "Mirror the image again" },
        { DifferenceKind.Rebuilt, "digest differs; another build", "built at another time", "Find out who pushed" },
        {
            DifferenceKind.ConfigDiffers, "digest differs; another configuration", "configuration was changed",
            "Find out who pushed"
        },
        {
            DifferenceKind.ManifestRewritten, "digest differs; manifest written anew", "was written anew",
            "If the mirror may change digests"
        },
        {
            DifferenceKind.AttestationMissing, "attestation missing", "did not copy the attestation",
            "attestations included"
        },
        {
            DifferenceKind.SignatureMissing, "signature missing", "without its signatures",
            "regctl image copy --referrers"
        },
        {
            DifferenceKind.SbomMissing, "SBOM missing", "without its bill of materials",
            "regctl image copy --referrers"
        },
        {
            DifferenceKind.ReferrerMissing, "referrer missing",
            "application/vnd.example refers to the source's image", "regctl image copy --referrers"
        },
        { DifferenceKind.TagDrift, "", "The entry is pinned to a digest", "move the tag back" },
    };

    [Theory]
    [MemberData(nameof(Words))]
    public async Task A_result_says_why_what_to_do_and_what_differs(
        DifferenceKind kind, string note, string explanation, string remedy)
    {
        MirrorImageResult result = await DifferenceSample.Of(kind).ValidateAsync();
        MirrorDifference told = result.Differences.First(one => one.Kind == $"{kind}");
        Assert.Contains(explanation, told.Explanation, StringComparison.Ordinal);
        Assert.Contains(remedy, told.Remedy, StringComparison.Ordinal);
        MirrorPlatform platform = result.Platforms.First(one =>
            "linux/amd64" == (one.SourceDigest.Length > 0 ? one.SourcePlatform : one.DestinationPlatform));
        Assert.Equal(note, new PlatformNotes(result).On(platform).Text);
    }

    [Fact]
    public void Every_kind_has_its_words() =>
        Assert.Equal(Enum.GetValues<DifferenceKind>(), Words().Select(row => (DifferenceKind)row[0]).Order());
}
