using MirrorValidate.References;

namespace MirrorValidate.Manifests;

/// <summary>
/// A manifest whose bytes were verified, of a known kind or of none (<see cref="UnknownManifest"/>).
/// </summary>
/// <param name="MediaType">What the manifest is.</param>
/// <param name="Digest">The digest of <paramref name="Content"/>; for signed schema 1, of its payload.</param>
/// <param name="Content">The exact bytes that the registry sent.</param>
internal abstract record Manifest(string MediaType, Digest Digest, ReadOnlyMemory<byte> Content)
{
    /// <summary>
    /// A clause that says what the place it was read from cannot prove about it; empty if nothing.
    /// </summary>
    public string Caveat { get; init; } = "";
}
