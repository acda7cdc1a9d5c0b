using MirrorValidate.Manifests;
using MirrorValidate.References;

namespace MirrorValidate.Validation.Depth;

/// <summary>Something that a list names, by one entry or by several with the same digest.</summary>
/// <param name="Entries">The entries; one at least.</param>
/// <param name="Platform">
/// The platform of the first. Where an entry of a nested index states none, it has that of its index.
/// </param>
/// <param name="AreCopied">Whether the source has the same entries.</param>
internal sealed record ListedManifest(IReadOnlyList<Descriptor> Entries, Platform? Platform, bool AreCopied)
{
    /// <summary>The first entry.</summary>
    internal Descriptor First => Entries[0];

    /// <summary>What the entries name.</summary>
    internal Digest Digest => First.Digest;

    /// <summary>
    /// Whether it may be a blob: the source says so too, and its type is none that is known of manifests.
    /// </summary>
    internal bool MayBeBlob => AreCopied && First.MediaType.Length > 0 && !MediaTypes.IsKnown(First.MediaType);
}
