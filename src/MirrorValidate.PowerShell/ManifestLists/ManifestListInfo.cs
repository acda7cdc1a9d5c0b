using MirrorValidate.Manifests;
using MirrorValidate.Platforms;
using MirrorValidate.References;

namespace MirrorValidate.PowerShell.ManifestLists;

/// <summary>The manifest of a tag: a manifest list, an image index, or a single image.</summary>
/// <param name="Image">The full reference.</param>
/// <param name="MediaType">The media type of the manifest.</param>
/// <param name="Digest">The digest of the manifest.</param>
/// <param name="Size">The size of the manifest in bytes.</param>
/// <param name="Manifests">The selected entries of the list; a single image has itself as the only entry.</param>
public sealed record ManifestListInfo(
    string Image, string MediaType, string Digest, int Size, IReadOnlyList<ManifestEntry> Manifests)
{
    /// <summary>The platforms of the entries, <c>os/arch[/variant][:os.version]</c>.</summary>
    public IReadOnlyList<string> Platforms => Manifests.Select(entry => entry.Platform?.ToString() ?? "").ToArray();

    /// <param name="reference">The reference.</param>
    /// <param name="manifest">Its manifest.</param>
    /// <param name="platform">The platform of a single image.</param>
    /// <param name="platforms">Selects the entries.</param>
    internal static ManifestListInfo Of(
        ImageReference reference, Manifest manifest, Platform? platform, PlatformSelection platforms)
    {
        IEnumerable<ManifestEntry> entries = manifest switch
        {
            ManifestIndex index => index.Entries.Select(
                entry => new ManifestEntry(entry.Digest.ToString(), entry.MediaType, entry.Size, entry.Platform)),
            ImageManifest or Schema1Manifest =>
                [new ManifestEntry(manifest.Digest.ToString(), manifest.MediaType, manifest.Content.Length, platform)],
            _ => [],
        };
        // PowerShell can index arrays, but not the read-only lists that collection expressions make.
        return new ManifestListInfo(
            reference.ToString(),
            manifest.MediaType,
            manifest.Digest.ToString(),
            manifest.Content.Length,
            entries.Where(entry => platforms.Includes(entry.Platform)).ToArray());
    }

    /// <summary>The reference with its digest.</summary>
    public override string ToString() => $"{Image} {Digest}";
}
