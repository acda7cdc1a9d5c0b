using MirrorValidate.Manifests;

namespace MirrorValidate.Validation.Depth;

/// <summary>A manifest that takes part, and what it needs; the manifest itself is not kept.</summary>
/// <param name="Platform">The platform; <see langword="null"/> where the list states none.</param>
/// <param name="Children">The entries of an index.</param>
/// <param name="Blobs">The config and the layers of an image or artifact.</param>
internal sealed record ManifestNeeds(
    Platform? Platform, IReadOnlyList<Descriptor> Children, IReadOnlyList<(ContentRole Role, Descriptor Descriptor)> Blobs)
{
    internal static ManifestNeeds Of(Manifest? manifest, Platform? platform) => manifest switch
    {
        ManifestIndex index => new(platform, index.Entries, []),
        ImageManifest image => new(platform, [], [(ContentRole.Config, image.Config), .. image.Layers.Select(layer => (ContentRole.Layer, layer))]),
        // Schema 1 states neither type nor size.
        Schema1Manifest old => new(
            platform, [], [.. old.Layers.Select(layer => (ContentRole.Layer, new Descriptor("", layer, Descriptor.UnknownSize)))]),
        _ => new(platform, [], []),
    };
}
