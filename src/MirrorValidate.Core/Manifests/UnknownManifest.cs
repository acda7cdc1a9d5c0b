using MirrorValidate.References;

namespace MirrorValidate.Manifests;

/// <summary>A JSON document whose media type is not that of an image.</summary>
/// <param name="MediaType">What the registry says it is.</param>
/// <param name="Digest">The digest of the bytes.</param>
/// <param name="Content">The exact bytes.</param>
internal sealed record UnknownManifest(string MediaType, Digest Digest, ReadOnlyMemory<byte> Content)
    : Manifest(MediaType, Digest, Content);
