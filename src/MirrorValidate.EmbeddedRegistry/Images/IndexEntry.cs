namespace MirrorValidate.Embedded.Images;

/// <summary>An entry of a list, which may say something else of a manifest than the manifest itself.</summary>
/// <param name="Manifest">What it points to.</param>
public sealed record IndexEntry(BuiltManifest Manifest)
{
    /// <summary>The platform that the entry states; null: none at all.</summary>
    public ImagePlatform? Platform { get; init; } = Manifest.Platform;

    /// <summary>The media type that the entry states.</summary>
    public string MediaType { get; init; } = Manifest.MediaType;

    /// <summary>The digest that the entry states.</summary>
    public string Digest { get; init; } = Manifest.Digest;

    /// <summary>The size in bytes that the entry states.</summary>
    public long Size { get; init; } = Manifest.Size;

    /// <summary>The annotations of the entry.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();
}
