using MirrorValidate.References;

namespace MirrorValidate.Validation.Differences;

/// <summary>The sentences of differences: the likely cause, and what to do.</summary>
internal static class DifferenceTexts
{
    internal const string PlainCopy =
        "The destination has the source's image as it is, and ManifestList expects it inside a manifest list.";

    internal const string OnePlatformCopied =
        "The tool that mirrored copied this one platform of the list as a plain image, as skopeo copy does without --all.";

    internal const string ArtifactReplaced =
        "The source is an artifact that is no image, and something else was pushed to the destination's tag.";

    internal const string IndexRewritten =
        "The entries are the same, and the list around them was written anew, for example with other annotations.";

    internal const string ListConverted =
        "The tool that mirrored converted the list between Docker's format and OCI's together with its images.";

    internal const string FilteredBy = "it was mirrored with a choice of architectures, as image-tools and hangar make it.";

    internal const string ListedOnly =
        "The destination lists it, and its registry does not have it: an interrupted copy, a garbage collection or a loss of storage.";

    internal static string ReferrerOf(string? artifactType) =>
        $"An artifact of type {(string.IsNullOrEmpty(artifactType) ? "unknown" : Printable.Of(artifactType))} refers to the source's image; the tool that mirrored did not copy it.";

    internal const string NotAnImage =
        "The contents differ; as this is no image, nothing more is known of it, and the source does not have the destination's any more.";

    internal const string MirrorAgain = "Mirror the image again.";
    private const string MirrorAllPlatforms = "Mirror the image again with all platforms that are needed, or validate with the -Architecture that was mirrored.";
    internal const string KeepDigests = "If the mirror may change digests, accept it; otherwise mirror again with a tool or option that keeps them, such as skopeo copy --all --preserve-digests.";
    private const string CopyReferrers = "Copy it as well, for example with oras copy --recursive, cosign copy or regctl image copy --referrers --digest-tags.";

    /// <summary>The likely cause.</summary>
    internal static string CauseOf(DifferenceKind kind) => kind switch
    {
        DifferenceKind.ImageMissing => "The image was not mirrored yet, was mirrored under another name or tag, or was deleted since.",
        DifferenceKind.NotAList => "The tool that mirrored copied one platform as a plain image instead of the list.",
        DifferenceKind.MediaTypeDiffers => "One side is a list and the other is not: the image was unpacked from its list or wrapped in one on the way.",
        DifferenceKind.MissingPlatform => "This platform was not mirrored, or it was added to the source's tag since.",
        DifferenceKind.ExtraPlatform => "The source's tag no longer has this platform, or it was added to the destination's list by hand.",
        DifferenceKind.PlatformDiffers => "The list was made by a tool that entered the image under the wrong platform.",
        DifferenceKind.VariantDiffers => "The list was made anew by a tool that leaves out the variant or normalizes it.",
        DifferenceKind.OSVersionDiffers => "The list was made anew by a tool that leaves out os.version, or it is of another update of Windows.",
        DifferenceKind.OSFeaturesDiffer => "The list was made anew by a tool that does not keep os.features.",
        DifferenceKind.DigestDiffers => "The source's tag has moved since it was mirrored, or the image was changed on the way.",
        DifferenceKind.Reordered => "The list was made anew by a tool that sorts its entries; clients choose by platform, so the order means nothing to them.",
        DifferenceKind.FilteredIndex => "The destination is the source's list without some platforms.",
        DifferenceKind.ManifestMissing => "The list survived what it lists: an interrupted copy, a garbage collection or a loss of storage.",
        DifferenceKind.BlobMissing => "The manifest survived what it needs: an interrupted copy, a garbage collection or a loss of storage.",
        DifferenceKind.BlobSizeMismatch => "The destination's storage lost the end of this content, or it was never written whole.",
        DifferenceKind.BlobDigestMismatch => "The destination's storage changed this content, or something wrote over it.",
        DifferenceKind.MediaTypeConverted => "The tool that mirrored converted between Docker's format and OCI's; configuration and layers are the same.",
        DifferenceKind.Recompressed => "The tool that mirrored compressed the layers anew; what is in them is the same.",
        DifferenceKind.StaleTag => "The source's tag was moved to a newer image after the destination was mirrored.",
        DifferenceKind.Rebuilt => "The destination's image was built at another time or in another place than the source's.",
        DifferenceKind.ConfigDiffers => "The layers are the same, and the image's configuration was changed.",
        DifferenceKind.ManifestRewritten => "Configuration and layers are the same, and the manifest around them was written anew, for example with other annotations.",
        DifferenceKind.AttestationMissing => "The tool that mirrored did not copy the attestation of this image.",
        DifferenceKind.SignatureMissing => "The tool that mirrored copied the image without its signatures.",
        DifferenceKind.SbomMissing => "The tool that mirrored copied the image without its bill of materials.",
        DifferenceKind.ReferrerMissing => "The tool that mirrored copied the image without the artifacts that refer to it.",
        DifferenceKind.TagDrift => "The tag was moved after the entry was pinned.",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no text"),
    };

    /// <summary>What to do.</summary>
    internal static string RemedyOf(DifferenceKind kind) => kind switch
    {
        DifferenceKind.ImageMissing => "Check the destination's name in the list, and mirror the image.",
        DifferenceKind.NotAList => "Mirror the image again with all its platforms, or compare with -Comparison Platform if a plain image is what is wanted.",
        DifferenceKind.MediaTypeDiffers => "Mirror again with a tool that keeps the list as it is, or compare with -Comparison ManifestList or Platform.",
        DifferenceKind.MissingPlatform => MirrorAllPlatforms,
        DifferenceKind.FilteredIndex => "Nothing needs to be done if the others are not wanted; otherwise mirror the image again with them.",
        DifferenceKind.ExtraPlatform => "Mirror the image again so that the destination's list is replaced.",
        DifferenceKind.OSFeaturesDiffer or DifferenceKind.Reordered => "Nothing needs to be done.",
        DifferenceKind.MediaTypeConverted or DifferenceKind.Recompressed or DifferenceKind.ManifestRewritten => KeepDigests,
        DifferenceKind.DigestDiffers => "Run again with -Explain to learn why, or mirror the image again.",
        DifferenceKind.Rebuilt or DifferenceKind.ConfigDiffers => "Find out who pushed the destination's image; mirror it again if the source's is the right one.",
        DifferenceKind.BlobMissing or DifferenceKind.BlobSizeMismatch or DifferenceKind.BlobDigestMismatch =>
            "Check the destination's storage, delete the image there so that a copy is not skipped, and mirror it again.",
        DifferenceKind.AttestationMissing => "Mirror the image again with a tool that copies whole lists, attestations included.",
        DifferenceKind.SignatureMissing or DifferenceKind.SbomMissing or DifferenceKind.ReferrerMissing => CopyReferrers,
        DifferenceKind.TagDrift => "Decide which is right: move the tag back, or pin the entry to the digest that the tag has now.",
        _ => MirrorAgain,
    };
}
