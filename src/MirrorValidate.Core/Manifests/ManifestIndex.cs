using MirrorValidate.References;

namespace MirrorValidate.Manifests;

/// <summary>A Docker manifest list or an OCI image index (image-spec, image-index.md).</summary>
/// <param name="MediaType">What the manifest is.</param>
/// <param name="Digest">The digest of the bytes.</param>
/// <param name="Content">The exact bytes.</param>
/// <param name="Entries">The entries in the order of the index.</param>
public sealed record ManifestIndex(string MediaType, Digest Digest, ReadOnlyMemory<byte> Content, IReadOnlyList<Descriptor> Entries)
    : Manifest(MediaType, Digest, Content);
