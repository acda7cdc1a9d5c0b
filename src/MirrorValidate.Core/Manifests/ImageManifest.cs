using MirrorValidate.References;

namespace MirrorValidate.Manifests;

/// <summary>A Docker schema 2 or OCI image manifest (image-spec, manifest.md).</summary>
/// <param name="MediaType">What the manifest is.</param>
/// <param name="Digest">The digest of the bytes.</param>
/// <param name="Content">The exact bytes.</param>
/// <param name="Config">The config.</param>
/// <param name="Layers">The layers, base first.</param>
internal sealed record ImageManifest(
    string MediaType, Digest Digest, ReadOnlyMemory<byte> Content, Descriptor Config, IReadOnlyList<Descriptor> Layers)
    : Manifest(MediaType, Digest, Content)
{
    /// <summary>The artifact type, where the manifest states one.</summary>
    public string? ArtifactType { get; init; }

    /// <summary>
    /// Whether this is an image, and not another artifact: its config is an image config, it states no other artifact
    /// type, and its layers are not signatures or attestations, which cosign stores with an image config. The config of
    /// Docker's first schema 2 images has no type, or <c>application/octet-stream</c>.
    /// </summary>
    public bool IsImage => HasImageConfig
        && (string.IsNullOrEmpty(ArtifactType) || MediaTypes.IsImageConfig(ArtifactType))
        && !(Layers.Count > 0 && Layers.All(layer => MediaTypes.IsStatement(layer.MediaType)));

    private bool HasImageConfig => MediaTypes.IsImageConfig(Config.MediaType)
        || (MediaType == MediaTypes.DockerManifest && Config.MediaType is "" or "application/octet-stream");
}
