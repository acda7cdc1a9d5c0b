using MirrorValidate.Manifests;

namespace MirrorValidate.Validation;

/// <summary>What is compared of a manifest: its digest and its platform.</summary>
/// <param name="Digest">The digest, <c>algorithm:encoded</c>.</param>
/// <param name="Platform">The platform; <see langword="null"/> where the list states none.</param>
public sealed record ManifestSpec(string Digest, Platform? Platform)
{
    /// <summary>
    /// The spec as image-tools prints it, compact: <c>{"digest":…,"platform":{"architecture":…,"os":…}}</c>.
    /// </summary>
    public override string ToString() => ManifestSpecJson.Compact(this);
}
