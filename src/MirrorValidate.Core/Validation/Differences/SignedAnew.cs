using MirrorValidate.Manifests;

namespace MirrorValidate.Validation.Differences;

/// <summary>
/// Recognizes a copied schema 1 image: the manifest is signed and names repository and tag, so each copy has another
/// digest (Docker image manifest V2, schema 1).
/// </summary>
internal static class SignedAnew
{
    /// <summary>Whether two manifests differ in nothing but name, tag and signatures.</summary>
    internal static bool Is(Manifest source, Manifest destination) =>
        source is Schema1Manifest from && destination is Schema1Manifest to
        && from.Platform == to.Platform
        && from.Layers.SequenceEqual(to.Layers)
        && from.History.SequenceEqual(to.History);
}
