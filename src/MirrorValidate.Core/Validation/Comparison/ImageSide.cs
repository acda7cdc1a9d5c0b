using MirrorValidate.Manifests;
using MirrorValidate.Platforms;
using MirrorValidate.References;

namespace MirrorValidate.Validation.Comparison;

/// <summary>The source or the destination of an entry, as read from its registry.</summary>
/// <param name="Reference">The reference that was read.</param>
/// <param name="Manifest">The verified manifest.</param>
/// <param name="Platform">The platform of a single image, from its config or from the schema 1 manifest itself.</param>
/// <param name="Platforms">The platforms that take part.</param>
internal sealed record ImageSide(
    ImageReference Reference, Manifest Manifest, Platform? Platform, PlatformSelection Platforms)
{
    /// <summary>Whether the manifest is one image or artifact, not a list.</summary>
    internal bool IsSingle => Manifest is ImageManifest or Schema1Manifest;

    /// <summary>Whether the manifest is an artifact that is no image. It has no platform to select by.</summary>
    internal bool IsArtifact => Manifest is ImageManifest { IsImage: false } or ManifestIndex { IsArtifact: true };

    /// <summary>The entries of a list; a single image is a list of one.</summary>
    internal IReadOnlyList<ManifestSpec> Specs => Manifest switch
    {
        ManifestIndex index =>
            [.. index.Entries.Select(entry => new ManifestSpec(entry.Digest.ToString(), entry.Platform))],
        ImageManifest or Schema1Manifest => [new ManifestSpec(Manifest.Digest.ToString(), Platform)],
        _ => [],
    };

    /// <summary>Whether the entry for a platform takes part. All entries of an artifact do.</summary>
    internal bool TakesPart(Platform? platform) => IsArtifact || Platforms.Includes(platform);

    /// <summary>The entries that take part.</summary>
    internal ManifestSpecCollection Selected() =>
        new([.. Specs.Where(spec => TakesPart(spec.Platform))]);
}
