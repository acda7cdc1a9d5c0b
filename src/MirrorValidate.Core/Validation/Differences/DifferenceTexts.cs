using MirrorValidate.References;

namespace MirrorValidate.Validation.Differences;

/// <summary>Sentences for differences of which more is known than their kind.</summary>
internal static class DifferenceTexts
{
    internal const string PlainCopy =
        "The destination has the source's image as it is, and ManifestList expects it inside a manifest list.";

    internal const string OnePlatformCopied =
        "The tool that mirrored copied this one platform of the list as a plain image, as skopeo copy does "
        + "without --all.";

    internal const string ArtifactReplaced =
        "The source is an artifact that is no image, and something else was pushed to the destination's tag.";

    internal const string IndexRewritten =
        "The entries are the same, and the list around them was written anew, for example with other annotations.";

    internal const string ListConverted =
        "The tool that mirrored converted the list between Docker's format and OCI's together with its images.";

    internal const string ListedOnly =
        "The destination lists it, and its registry does not have it: an interrupted copy, a garbage collection "
        + "or a loss of storage.";

    internal const string CopyReferrers =
        "It is a referrer; copy it with the image: oras copy --recursive, or regctl image copy --referrers.";

    internal const string CopyCosignTags =
        "It lies under a tag that cosign makes of the digest; copy that tag as well: regctl image copy --digest-tags.";

    internal const string NotAnImage =
        "The contents differ; as this is no image, nothing more is known of it, and the source does not have the "
        + "destination's any more.";

    internal const string Nothing = "Nothing needs to be done.";

    internal const string MirrorAgain = "Mirror the image again.";

    internal const string KeepDigests =
        "If the mirror may change digests, accept it; otherwise mirror again with a tool or option that keeps them, "
        + "such as skopeo copy --all --preserve-digests.";

    /// <param name="platforms">The platforms that are not at the destination.</param>
    internal static string Filtered(string platforms) =>
        $"The destination is the source's list without {platforms}: "
        + "it was mirrored with a choice of architectures, as image-tools and hangar make it.";

    /// <param name="from">The source's media type.</param>
    /// <param name="to">The destination's.</param>
    internal static string RecompressedAndConverted(string from, string to) =>
        "The tool that mirrored compressed the layers anew; what is in them is the same, "
        + $"and the manifest was converted from {from} to {to}.";

    /// <param name="artifactType">The artifact type that the referrer states.</param>
    internal static string ReferrerOf(string? artifactType)
    {
        string type = string.IsNullOrEmpty(artifactType) ? "unknown" : Printable.Of(artifactType);
        return $"An artifact of type {type} refers to the source's image; the tool that mirrored did not copy it.";
    }
}
