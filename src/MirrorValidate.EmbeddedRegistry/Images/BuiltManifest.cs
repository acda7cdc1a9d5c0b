namespace MirrorValidate.Embedded.Images;

/// <summary>
/// A manifest, list or index with its blobs and children, ready to be put into any number of registries.
/// </summary>
/// <param name="MediaType">Its media type.</param>
/// <param name="Content">Its bytes.</param>
public sealed record BuiltManifest(string MediaType, ReadOnlyMemory<byte> Content)
{
    /// <summary>Its digest: sha256 of the bytes, or of the payload for signed schema 1.</summary>
    public string Digest { get; } = RegistryStore.ManifestDigest(MediaType, Content);

    /// <summary>Its size in bytes.</summary>
    public int Size => Content.Length;

    /// <summary>The platform of an image; null for lists and artifacts.</summary>
    public ImagePlatform? Platform { get; init; }

    /// <summary>The config, then the layers from the lowest up; not those of the children.</summary>
    public IReadOnlyList<BuiltBlob> Blobs { get; init; } = [];

    /// <summary>The manifests of a list, in its order.</summary>
    public IReadOnlyList<BuiltManifest> Children { get; init; } = [];

    /// <summary>The child of a platform, as <c>os/architecture[/variant][:os.version]</c>.</summary>
    /// <exception cref="InvalidOperationException">There is none, or more than one.</exception>
    public BuiltManifest Child(string platform) => Children.Single(child => child.Platform?.ToString() == platform);

    /// <summary>Stores it with its blobs and children.</summary>
    /// <param name="store">The store.</param>
    /// <param name="repository">The repository's name.</param>
    /// <param name="tag">The tag; null: by digest only.</param>
    /// <returns>Its digest.</returns>
    public string PutInto(RegistryStore store, string repository, string? tag)
    {
        foreach (var blob in Blobs)
        {
            store.PutBlob(repository, blob.Content, blob.Digest);
        }

        foreach (var child in Children)
        {
            child.PutInto(store, repository, null);
        }

        return store.PutManifest(repository, tag, MediaType, Content, Digest);
    }
}
