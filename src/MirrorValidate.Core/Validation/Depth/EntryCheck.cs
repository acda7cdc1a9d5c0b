using System.Globalization;
using MirrorValidate.Manifests;
using MirrorValidate.References;
using MirrorValidate.Registries;
using MirrorValidate.Validation.Comparison;
using MirrorValidate.Validation.Differences;
using MirrorValidate.Validation.Findings;

namespace MirrorValidate.Validation.Depth;

/// <summary>
/// Checks whether the entries of the destination's list state the size and media type of their manifests (OCI
/// image-spec, descriptor.md: clients should not trust content of another size). An entry that is also in the source's
/// list is a faithful copy, whatever it states. Any other is compared with the manifest.
/// </summary>
internal sealed class EntryCheck
{
    private readonly bool _isSame;
    private readonly Descriptor? _single;
    private readonly Dictionary<EntryIdentity, List<Descriptor>> _entries = [];

    /// <param name="source">The source. For a single image, its own size and media type count.</param>
    /// <param name="destination">The destination. If it has the source's digest, it has the same entries.</param>
    internal EntryCheck(ImageSide source, ImageSide destination)
    {
        _isSame = source.Manifest.Digest == destination.Manifest.Digest;
        if (_isSame) return;
        if (source.Manifest is ManifestIndex index)
        {
            foreach (Descriptor entry in index.Entries)
            {
                EntryIdentity identity = IdentityOf(entry);
                if (!_entries.TryGetValue(identity, out List<Descriptor>? same)) _entries[identity] = same = [];
                same.Add(entry);
            }
        }
        else
        {
            Manifest image = source.Manifest;
            _single = new Descriptor(image.MediaType, image.Digest, image.Content.Length);
        }
    }

    /// <summary>Whether the source's list has the same entry.</summary>
    internal bool IsCopied(Descriptor entry) =>
        _isSame || OfSource(entry).Exists(own => IsSame(own, entry));

    /// <summary>The findings about the entries of a manifest. An entry that is copied or right does not fail.</summary>
    /// <param name="listed">The entries.</param>
    /// <param name="head">The manifest; it was read unless the entries are copied.</param>
    internal IEnumerable<Finding> Judge(ListedManifest listed, ManifestHead head) => listed.Entries
        .Select(entry => Judge(entry, listed.AreCopied || IsCopied(entry), head))
        .OfType<Finding>();

    // A single image is what it is, so its own values are right. For schema 1 that was converted, the source has none.
    private Finding? Judge(Descriptor entry, bool isCopied, ManifestHead head)
    {
        Descriptor? own = isCopied ? entry : OfSource(entry).FirstOrDefault();
        // Headers without a digest may be about another manifest, so they prove nothing about the source.
        if (isCopied || !head.Contradicts(entry))
        {
            return own is not null && head.Digest.Length > 0 && head.Contradicts(own)
                ? SourceIsWrong(entry, own)
                : null;
        }

        string stated = own is null ? "" : TextOf(own);
        var difference = new Difference(DifferenceKind.DescriptorMismatch, PlatformOf(entry), stated, TextOf(entry));
        return Finding.Of(FindingTarget.Entry, difference, Contradiction(entry, head));
    }

    private List<Descriptor> OfSource(Descriptor entry)
    {
        if (_single is { } image) return image.Digest == entry.Digest ? [image] : [];
        return _entries.TryGetValue(IdentityOf(entry), out List<Descriptor>? same) ? same : [];
    }

    private static bool IsSame(Descriptor one, Descriptor other) =>
        (one.Size, one.MediaType) == (other.Size, other.MediaType);

    private static Finding SourceIsWrong(Descriptor entry, Descriptor own) => new(ValidationReason.None, "")
    {
        Difference = new Difference(
            DifferenceKind.SourceDescriptorMismatch, PlatformOf(entry), TextOf(own), TextOf(entry)),
    };

    // linux/amd64 says size 1024 and media type "a/b", the manifest has 1023 and "c/d"
    private static string Contradiction(Descriptor entry, ManifestHead head)
    {
        var stated = new List<string>();
        var found = new List<string>();
        if (head.HasOtherSize(entry))
        {
            stated.Add(string.Create(CultureInfo.InvariantCulture, $"size {entry.Size}"));
            found.Add(head.Size!.Value.ToString(CultureInfo.InvariantCulture));
        }

        if (head.HasOtherType(entry))
        {
            stated.Add($"media type \"{Printable.Of(entry.MediaType)}\"");
            found.Add($"\"{Printable.Of(head.MediaType)}\"");
        }

        string name = Printable.Of(PlatformOf(entry)) is { Length: > 0 } platform ? platform : entry.Digest.ToString();
        return $"{name} says {string.Join(" and ", stated)}, the manifest has {string.Join(" and ", found)}";
    }

    private static string TextOf(Descriptor entry) => string.Create(
        CultureInfo.InvariantCulture, $"{entry.Digest} (\"{entry.MediaType}\", {entry.Size} bytes)");

    private static string PlatformOf(Descriptor entry) => ListEntry.TextOf(entry.Platform);

    private static EntryIdentity IdentityOf(Descriptor entry) =>
        EntryIdentity.Of(entry.Digest.ToString(), entry.Platform);
}
