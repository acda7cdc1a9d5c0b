namespace MirrorValidate.Validation.Differences;

/// <summary>
/// The meaning of every kind of difference. A new kind needs a member of <see cref="DifferenceKind"/>, an entry here,
/// and a row in docs/differences.md; a test compares the three.
/// </summary>
internal static class DifferenceTable
{
    private const string FindOut =
        "Find out who pushed the destination's image; mirror it again if the source's is the right one.";

    private const string DeleteTheManifest =
        "Delete the manifest that needs it, and the list above it if there is one, at the destination, then mirror the "
        + "image again; otherwise most tools find them there and copy nothing.";

    private const string DeleteTheContent =
        "Check the destination's storage; delete the manifest that needs it, and the list above it if there is one, "
        + "run the registry's garbage collection so that the damaged content is removed, and mirror the image again.";

    private static readonly DifferenceInfo[] _all =
    [
        new(DifferenceKind.ImageMissing)
        {
            Cause = "The image was not mirrored yet, was mirrored under another name or tag, or was deleted since.",
            Remedy = "Check the destination's name in the list, and mirror the image.",
            Reason = ValidationReason.DestinationNotFound,
        },
        new(DifferenceKind.NotAList)
        {
            Cause = "The tool that mirrored copied one platform as a plain image instead of the list.",
            Remedy =
                "Mirror the image again with all its platforms; if one platform as a plain image is what is wanted, "
                + "validate with -Comparison Platform and its -Platform.",
            Reason = ValidationReason.DestinationNotAList,
        },
        new(DifferenceKind.MediaTypeDiffers)
        {
            Cause =
                "One side is a list and the other is not: the image was unpacked from its list, or wrapped in one, "
                + "when it was mirrored.",
            Remedy = DifferenceTexts.CopyAsItIs,
        },
        new(DifferenceKind.MissingPlatform)
        {
            Cause = "This platform was not mirrored, or it was added to the source's tag since.",
            Remedy = DifferenceTexts.MirrorAllPlatforms,
        },
        new(DifferenceKind.ExtraPlatform)
        {
            Cause = "The source's tag no longer has this platform, or it was added to the destination's list by hand.",
            Remedy = DifferenceTexts.ReplaceTheList,
        },
        new(DifferenceKind.NestedIndex)
        {
            Cause = "A list was put into another list, or taken out of one, when the image was mirrored.",
            Remedy = DifferenceTexts.CopyAsItIs,
            Note = "nested list",
        },
        new(DifferenceKind.PlatformDiffers)
        {
            Cause = "The list was made by a tool that entered the image under the wrong platform.",
            Remedy = DifferenceTexts.MirrorAgain,
        },
        new(DifferenceKind.VariantDiffers)
        {
            Cause = "The list was rewritten by a tool that leaves out the variant or normalizes it.",
            Remedy = DifferenceTexts.MirrorAgain,
        },
        new(DifferenceKind.OSVersionDiffers)
        {
            Cause =
                "The list was rewritten by a tool that leaves out os.version, or it is of another update of "
                + "Windows.",
            Remedy = DifferenceTexts.MirrorAgain,
        },
        new(DifferenceKind.OSFeaturesDiffer)
        {
            Cause = "The list was rewritten by a tool that does not keep os.features.",
            Remedy = DifferenceTexts.Nothing,
            Note = "other os.features",
            Reason = ValidationReason.None,
        },
        new(DifferenceKind.DigestDiffers)
        {
            Cause = "The source's tag has moved since it was mirrored, or mirroring changed the image.",
            Remedy = "Run again with -Explain to learn why, or mirror the image again.",
        },
        new(DifferenceKind.Reordered)
        {
            Cause =
                "The list was rewritten by a tool that sorts its entries; clients choose by platform, so the order "
                + "does not matter.",
            Remedy = DifferenceTexts.Nothing,
            Reason = ValidationReason.None,
        },
        new(DifferenceKind.FilteredIndex)
        {
            Cause = "The destination is the source's list without some platforms.",
            Remedy =
                "Nothing needs to be done if the others are not wanted; otherwise mirror the image again with "
                + "them.",
            Reason = ValidationReason.None,
        },
        new(DifferenceKind.ManifestMissing)
        {
            Cause = "The list survived what it lists: an interrupted copy, a garbage collection or a loss of storage.",
            Remedy = DifferenceTexts.MendTheList,
            Note = "listed, but not in the destination registry",
            Reason = ValidationReason.DestinationManifestMissing,
        },
        new(DifferenceKind.DescriptorMismatch)
        {
            Cause =
                "The list was rewritten by a tool that entered a wrong size or media type; clients refuse to pull "
                + "what does not match its entry.",
            Remedy = "Mirror again with a tool that copies the list as it is, such as skopeo copy --all.",
            Note = "wrong size or type in the list",
            Reason = ValidationReason.DescriptorMismatch,
        },
        new(DifferenceKind.SourceDescriptorMismatch)
        {
            Cause =
                "The source's list states a wrong size or media type of this manifest; clients may refuse to pull it "
                + "from the source, and from a mirror that has the same entry.",
            Remedy = "Nothing can be done at the mirror; the image needs to be pushed to the source again.",
            Note = "wrong size or type in the source's list",
            Reason = ValidationReason.None,
        },
        new(DifferenceKind.BlobMissing)
        {
            Cause =
                "The manifest survived what it needs: an interrupted copy, a garbage collection or a loss of "
                + "storage.",
            Remedy = DeleteTheManifest,
            Note = "content missing",
            Reason = ValidationReason.BlobMissing,
        },
        new(DifferenceKind.BlobSizeMismatch)
        {
            Cause = "The destination's storage lost the end of this content, or it was never written whole.",
            Remedy = DeleteTheContent,
            Note = "content damaged",
            Reason = ValidationReason.BlobSizeMismatch,
        },
        new(DifferenceKind.BlobDigestMismatch)
        {
            Cause = "The destination's storage changed this content, or something wrote over it.",
            Remedy = DeleteTheContent,
            Note = "content damaged",
            Reason = ValidationReason.BlobDigestMismatch,
        },
        new(DifferenceKind.MediaTypeConverted)
        {
            Cause =
                "The tool that mirrored converted between Docker's format and OCI's; configuration and layers are "
                + "the same.",
            Remedy = DifferenceTexts.KeepDigests,
            Note = "converted between Docker and OCI",
        },
        new(DifferenceKind.Recompressed)
        {
            Cause = "The tool that mirrored compressed the layers anew; what is in them is the same.",
            Remedy = DifferenceTexts.KeepDigests,
            Note = "compressed anew",
        },
        new(DifferenceKind.StaleTag)
        {
            Cause = "The source's tag was moved to a newer image after the destination was mirrored.",
            Remedy = DifferenceTexts.MirrorAgain,
            Note = "an older state",
        },
        new(DifferenceKind.Rebuilt)
        {
            Cause = "The destination's image was built at another time or in another place than the source's.",
            Remedy = FindOut,
            Note = "another build",
        },
        new(DifferenceKind.ConfigDiffers)
        {
            Cause = "The layers are the same, and the image's configuration was changed.",
            Remedy = FindOut,
            Note = "another configuration",
        },
        new(DifferenceKind.ManifestRewritten)
        {
            Cause =
                "Configuration and layers are the same, and the manifest around them was written anew, for "
                + "example with other annotations.",
            Remedy = DifferenceTexts.KeepDigests,
            Note = "manifest written anew",
        },
        new(DifferenceKind.AttestationMissing)
        {
            Cause = "The tool that mirrored did not copy the attestation of this image.",
            Remedy = "Mirror the image again with a tool that copies whole lists, attestations included.",
            Note = "attestation missing",
            Thing = "attestation",
            Reason = ValidationReason.AttestationMissing,
        },
        new(DifferenceKind.SignatureMissing)
        {
            Cause = "The tool that mirrored copied the image without its signatures.",
            Remedy = DifferenceTexts.CopyReferrers,
            Note = "signature missing",
            Thing = "signature",
            Reason = ValidationReason.SignatureMissing,
        },
        new(DifferenceKind.SbomMissing)
        {
            Cause = "The tool that mirrored copied the image without its bill of materials.",
            Remedy = DifferenceTexts.CopyReferrers,
            Note = "SBOM missing",
            Thing = "SBOM",
            Reason = ValidationReason.SbomMissing,
        },
        new(DifferenceKind.ReferrerMissing)
        {
            Cause = "The tool that mirrored copied the image without the artifacts that refer to it.",
            Remedy = DifferenceTexts.CopyReferrers,
            Note = "referrer missing",
            Thing = "referrer",
            Reason = ValidationReason.ReferrerMissing,
        },
        new(DifferenceKind.TagDrift)
        {
            Cause = "The tag was moved after the entry was pinned.",
            Remedy = "Decide which is right: move the tag back, or pin the entry to the digest that the tag has now.",
            Reason = ValidationReason.TagDrift,
        },
    ];

    /// <summary>Every kind once.</summary>
    internal static IReadOnlyList<DifferenceInfo> All => _all;

    /// <summary>What a kind means.</summary>
    internal static DifferenceInfo Of(DifferenceKind kind) => Array.Find(_all, info => info.Kind == kind)!;

    /// <summary>
    /// What a kind means, by its name; <see langword="null"/> for a name of no kind, as a newer version may have
    /// written it.
    /// </summary>
    internal static DifferenceInfo? Find(string name) => Array.Find(_all, info => info.Kind.ToString() == name);
}
