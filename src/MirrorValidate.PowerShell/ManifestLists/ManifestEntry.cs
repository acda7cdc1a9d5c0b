using MirrorValidate.Manifests;

namespace MirrorValidate.PowerShell.ManifestLists;

/// <summary>A manifest in a manifest list or image index.</summary>
/// <param name="Digest">The digest of the manifest.</param>
/// <param name="MediaType">Its media type.</param>
/// <param name="Size">Its size in bytes; -1 if the list does not state it.</param>
/// <param name="Platform">Its platform; <see langword="null"/> if the list does not state it.</param>
public sealed record ManifestEntry(string Digest, string MediaType, long Size, Platform? Platform)
{
    /// <summary>The platform and the digest.</summary>
    public override string ToString() => Platform is null ? Digest : $"{Platform} {Digest}";
}
