using MirrorValidate.Manifests;

namespace MirrorValidate.Validation.Depth;

/// <summary>What a manifest needs. The manifest itself is not kept.</summary>
/// <param name="Platform">The platform; <see langword="null"/> where the list states none.</param>
/// <param name="Children">The entries of an index.</param>
/// <param name="Blobs">The config and the layers of an image or artifact; of an entry that is a blob, itself.</param>
internal sealed record ManifestNeeds(
    Platform? Platform,
    IReadOnlyList<Descriptor> Children,
    IReadOnlyList<(ContentRole Role, Descriptor Descriptor)> Blobs)
{
    internal static ManifestNeeds Of(Manifest? manifest, Platform? platform) => manifest switch
    {
        ManifestIndex index => new(platform, index.Entries, []),
        ImageManifest image => new(platform, [], [(ContentRole.Config, image.Config), .. Layers(image.Layers)]),
        // Schema 1 states neither type nor size.
        Schema1Manifest old => new(
            platform,
            [],
            [.. Layers(old.Layers.Select(layer => new Descriptor("", layer, Descriptor.UnknownSize)))]),
        _ => new(platform, [], []),
    };

    /// <summary>What a list names, and is no manifest.</summary>
    internal static ManifestNeeds OfBlob(IEnumerable<Descriptor> entries, Platform? platform) =>
        new(platform, [], [.. entries.Select(entry => (ContentRole.Entry, entry))]);

    private static IEnumerable<(ContentRole, Descriptor)> Layers(IEnumerable<Descriptor> layers) =>
        layers.Select(layer => (ContentRole.Layer, layer));
}
