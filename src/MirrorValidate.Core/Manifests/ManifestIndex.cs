using MirrorValidate.References;

namespace MirrorValidate.Manifests;

/// <summary>A Docker manifest list or an OCI image index (image-spec, image-index.md).</summary>
/// <param name="MediaType">What the manifest is.</param>
/// <param name="Digest">The digest of the bytes.</param>
/// <param name="Content">The exact bytes.</param>
/// <param name="Entries">The entries in the order of the index.</param>
internal sealed record ManifestIndex(
    string MediaType, Digest Digest, ReadOnlyMemory<byte> Content, IReadOnlyList<Descriptor> Entries)
    : Manifest(MediaType, Digest, Content)
{
    /// <summary>The artifact type, where the index states one.</summary>
    public string? ArtifactType { get; init; }

    /// <summary>
    /// Whether the index was rebuilt from what a store keeps of it. If so, its bytes and digest are not the image's.
    /// </summary>
    public bool IsRebuilt { get; init; }

    /// <summary>
    /// Whether this is an artifact, and not images of several platforms: no entry states a platform, and either the
    /// index or all of its entries state an artifact type, or all entries are layers and configs, as in a build cache.
    /// </summary>
    public bool IsArtifact => (ArtifactType is { Length: > 0 } || (Entries.Count > 0 && Entries.All(IsArtifactOrBlob)))
        && Entries.All(entry => entry.Platform is null or { IsUnknown: true });

    private static bool IsArtifactOrBlob(Descriptor entry) =>
        entry.ArtifactType is { Length: > 0 } || MediaTypes.IsBlob(entry.MediaType);
}
