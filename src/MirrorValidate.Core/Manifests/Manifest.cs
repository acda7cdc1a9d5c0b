using MirrorValidate.References;

namespace MirrorValidate.Manifests;

/// <summary>
/// A manifest whose bytes were verified, of any of the known kinds, or of none (<see cref="UnknownManifest"/>).
/// </summary>
/// <param name="MediaType">What the manifest is.</param>
/// <param name="Digest">The digest of <paramref name="Content"/>; for signed schema 1, of its payload.</param>
/// <param name="Content">The exact bytes that the registry answered.</param>
internal abstract record Manifest(string MediaType, Digest Digest, ReadOnlyMemory<byte> Content)
{
    /// <summary>What the place that it was read from cannot prove of it, a clause; empty for nothing.</summary>
    public string Caveat { get; init; } = "";
}
