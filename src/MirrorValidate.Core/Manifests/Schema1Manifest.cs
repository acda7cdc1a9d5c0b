using MirrorValidate.References;

namespace MirrorValidate.Manifests;

/// <summary>A Docker schema 1 manifest, signed or not. It states its platform itself.</summary>
/// <param name="MediaType">What the manifest is.</param>
/// <param name="Digest">The digest of the payload without the signatures.</param>
/// <param name="Content">The exact bytes.</param>
/// <param name="Platform">The platform that the newest history entry names.</param>
internal sealed record Schema1Manifest(string MediaType, Digest Digest, ReadOnlyMemory<byte> Content, Platform Platform)
    : Manifest(MediaType, Digest, Content)
{
    /// <summary>The digests of the layers as the manifest lists them, the newest first. It states no sizes.</summary>
    public IReadOnlyList<Digest> Layers { get; init; } = [];

    /// <summary>The history entries of the payload, each as its JSON, the newest first.</summary>
    public IReadOnlyList<string> History { get; init; } = [];
}
