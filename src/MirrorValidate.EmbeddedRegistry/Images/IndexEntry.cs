namespace MirrorValidate.Embedded.Images;

/// <summary>An entry of a list. It may describe its manifest incorrectly.</summary>
/// <param name="Manifest">The manifest that it points to.</param>
public sealed record IndexEntry(BuiltManifest Manifest)
{
    /// <summary>The platform in the entry; null: none.</summary>
    public ImagePlatform? Platform { get; init; } = Manifest.Platform;

    /// <summary>The media type in the entry.</summary>
    public string MediaType { get; init; } = Manifest.MediaType;

    /// <summary>The digest in the entry.</summary>
    public string Digest { get; init; } = Manifest.Digest;

    /// <summary>The size in the entry, in bytes.</summary>
    public long Size { get; init; } = Manifest.Size;

    /// <summary>The annotations of the entry.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();
}
