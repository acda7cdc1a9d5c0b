using MirrorValidate.References;

namespace MirrorValidate.Validation.Differences;

/// <summary>Sentences for differences of which more is known than their kind.</summary>
internal static class DifferenceTexts
{
    private const string WithWhatMends =
        " it again with skopeo copy --all or regctl image copy --force-recursive. Other tools find the list there and "
        + "copy nothing: for them, delete the list and the manifests that it lists at the destination first.";

    internal const string PlainCopy =
        "The destination has the source's image as it is, and ManifestList expects it inside a manifest list.";

    internal const string PlainImage =
        "The source is one image, which ManifestList expects inside a manifest list; the destination has a plain "
        + "image.";

    internal const string TakePlainImages =
        "Validate with -Comparison Platform, which takes a plain image as a list of one.";

    internal const string NotAnImageThere =
        "The destination's tag points to something that is not an image of a known type.";

    internal const string FindOutAndMirror =
        "Find out who pushed the destination's tag, and mirror the image again.";

    internal const string SourceNotInList = "The destination's list does not have the source's image.";

    internal const string ExtraBesideImage =
        "The source is one image, and the destination's list has this one as well: the tag was used for something else "
        + "before, or the source was a list when it was mirrored.";

    internal const string StatedByImage = "The configuration of the destination's plain image says so.";

    internal const string ExtraPlainImage =
        "The destination has a plain image of a platform that the source's list does not have.";

    internal const string UnpackedImage =
        "The destination has one platform of the source's list as a plain image, as skopeo copy does without --all.";

    internal const string WrappedImage = "The destination has the source's image wrapped in a list of one.";

    internal const string TakeWrappedImages =
        "Mirror the image as it is, or validate with -Comparison ManifestList, which takes a list of one.";

    internal const string CopyArtifactAsItIs =
        "Find out who pushed the destination's tag; mirror again with a tool that copies artifacts as they are, such "
        + "as oras copy or regctl image copy.";

    internal const string EntryMissing = "This entry was not mirrored, or it was added to the source's tag since.";

    internal const string AllowFewer =
        "If the others are not wanted, validate with -Comparison ManifestList; otherwise mirror the image again with "
        + "them.";

    internal const string WrappedList = "The destination's list holds the source's whole list as an entry.";

    internal const string SignedAnew =
        "The same schema 1 image was signed anew: its manifest names the repository and the tag, so that each copy has "
        + "a digest of its own.";

    internal const string Schema1Converted =
        "The source is of schema 1, and the destination was converted, which always changes the digest; so "
        + "nothing shows whether the image is the same.";

    internal const string LeaveSchema1 =
        "Validate with -Comparison Platform, which does not compare the digest of a schema 1 source.";

    internal const string Schema1 =
        "The contents differ; a schema 1 manifest tells no more, and the source no longer has the "
        + "destination's.";

    internal const string ConfigChangedAndRecompressed =
        "What is in the layers is the same, and the image's configuration was changed; the layers were compressed "
        + "anew.";

    internal const string NestedDiffers = "Both lists contain another list here, and the two differ.";

    internal const string OnePlatformCopied =
        "The tool that mirrored copied this one platform of the list as a plain image, as skopeo copy does "
        + "without --all.";

    internal const string ArtifactReplaced =
        "The source is an artifact that is not an image, and something else was pushed to the destination's tag.";

    internal const string IndexRewritten =
        "The entries are the same, and the list around them was written anew, for example with other annotations.";

    internal const string ListConverted =
        "The tool that mirrored converted the list between Docker's format and OCI's together with its images.";

    internal const string ListedOnly =
        "The destination lists it, but its registry does not have it: an interrupted copy, a garbage collection "
        + "or a loss of storage.";

    internal const string CopyReferrers =
        "It is a referrer; copy it with the image: oras copy --recursive, or regctl image copy --referrers.";

    internal const string CopyCosignTags =
        "Its tag is one that cosign derives from the digest; copy that tag as well: regctl image copy --digest-tags.";

    internal const string NotAnImage =
        "The contents differ; as this is no image, nothing more is known about it, and the source no longer has "
        + "the destination's.";

    internal const string MirrorAllPlatforms =
        "Mirror the image again with all platforms that are needed, or validate with the -Platform that was mirrored.";

    internal const string Nothing = "Nothing needs to be done.";

    internal const string ReplaceTheList = "Mirror the image again so that the destination's list is replaced.";

    internal const string MendTheList = "Mirror" + WithWhatMends;

    internal const string CopyAsItIs =
        "Mirror again with a tool that copies everything as it is, such as regctl image copy, crane copy or oras copy.";

    internal const string MirrorAgain = "Mirror the image again.";

    internal const string KeepDigests =
        "If the mirror may change digests, accept it; otherwise mirror again with a tool that copies everything as it "
        + "is, such as regctl image copy, crane copy or oras copy.";

    /// <param name="platforms">The platforms that are not at the destination.</param>
    internal static string Filtered(string platforms) =>
        $"The destination is the source's list without {platforms}: "
        + "it was mirrored with a choice of architectures, as image-tools and hangar make it.";

    /// <param name="platforms">The platforms of which nothing is at the destination.</param>
    internal static string Sparse(string platforms) =>
        $"Nothing of {platforms} is at the destination, but the other platforms are: either only those were mirrored "
        + "on purpose, as regsync does with platforms: and skopeo copy with --multi-arch index-only, or the rest was "
        + "lost by an interrupted copy, a garbage collection or a loss of storage.";

    /// <param name="selection">
    /// The platforms that are there, as <c>-Platform</c> takes them; empty if it cannot select them.
    /// </param>
    internal static string SelectOrMend(string selection) => selection.Length > 0
        ? $"If that is on purpose, validate with -Platform {selection}. If not, mirror{WithWhatMends}"
        : "If that is on purpose, leave it so; -Platform cannot tell these platforms from the others. If not, "
            + $"mirror{WithWhatMends}";

    /// <param name="selection">
    /// The platforms that are there, as <c>-Platform</c> takes them; empty if it cannot select them.
    /// </param>
    internal static string SelectOrMirror(string selection) => selection.Length > 0
        ? "Mirror the image again with all platforms that are needed; if those that are there are all that is wanted, "
            + $"validate with -Platform {selection}."
        : MirrorAllPlatforms;

    /// <param name="selection">The platform, as <c>-Platform</c> takes it; empty if it cannot select it.</param>
    internal static string TakeOnePlatform(string selection) =>
        "Mirror the whole list; if this one platform is what is wanted, validate with -Comparison Platform"
        + (selection.Length > 0 ? $" -Platform {selection}." : " and its -Platform.");

    /// <param name="platforms">The platforms that the destination's list lacks; empty for none.</param>
    internal static string Nested(string platforms) =>
        "The destination's list contains another list, which the source's list does not"
        + (platforms.Length > 0 ? $"; {platforms} may be in it." : ".");

    /// <param name="platforms">The platforms that only the destination's list has; empty for none.</param>
    internal static string Unnested(string platforms) =>
        "The source's list contains another list, which the destination's list does not"
        + (platforms.Length > 0 ? $"; {platforms} may come from it." : ".");

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
