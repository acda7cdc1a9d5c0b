namespace MirrorValidate.PowerShell.StoreImages;

/// <summary>An image in a store. It can be piped to Test-MirrorImage.</summary>
/// <param name="Source">
/// The repository, with its registry; where the store does not say it, the store itself as skopeo writes it.
/// </param>
/// <param name="Tag">The tag; a digest where the image has no name.</param>
/// <param name="Digest">The digest of its manifest; empty if the store does not keep it.</param>
/// <param name="MediaType">The media type of its manifest; empty if the store does not keep it.</param>
/// <param name="Platforms">Its platforms, <c>os/arch[/variant][:os.version]</c>.</param>
/// <param name="Complete">Whether every manifest, config and layer of every platform is in the store.</param>
/// <param name="Store">The path of the store.</param>
public sealed record StoreImage(
    string Source,
    string Tag,
    string Digest,
    string MediaType,
    IReadOnlyList<string> Platforms,
    bool Complete,
    string Store)
{
    /// <summary>The name and the digest.</summary>
    public override string ToString() => $"{Source}:{Tag} {Digest}";
}
