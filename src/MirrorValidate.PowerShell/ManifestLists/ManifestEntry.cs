using MirrorValidate.Manifests;

namespace MirrorValidate.PowerShell.ManifestLists;

/// <summary>An entry of a list.</summary>
/// <param name="Digest">The digest of the manifest that the entry names.</param>
/// <param name="MediaType">Its media type.</param>
/// <param name="Size">Its size in bytes; -1 where the list states none.</param>
/// <param name="Platform">The platform; <see langword="null"/> where the list states none.</param>
public sealed record ManifestEntry(string Digest, string MediaType, long Size, Platform? Platform)
{
    /// <summary>The platform and the digest.</summary>
    public override string ToString() => Platform is null ? Digest : $"{Platform} {Digest}";
}
