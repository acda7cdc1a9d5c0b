using MirrorValidate.Manifests;
using MirrorValidate.References;
using MirrorValidate.Stores.Files;
using MirrorValidate.Stores.Shapes;

namespace MirrorValidate.Stores;

/// <summary>Finds out what a store holds of an image.</summary>
/// <param name="store">The store.</param>
/// <param name="contents">Reads manifests.</param>
internal sealed class StoreInspection(IImageStore store, StoreContents contents)
{
    // Indexes may list the same manifests again and again, many levels deep.
    private readonly HashSet<Digest> _seen = [];

    /// <summary>The platforms of an image, and whether all that it needs is in the store.</summary>
    /// <param name="image">The image.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="StoreException">The manifest of the image, or its config, is damaged.</exception>
    internal async Task<(IReadOnlyList<Platform> Platforms, bool IsComplete)> RunAsync(
        StoredImage image, CancellationToken cancellationToken)
    {
        if (image.Rebuilt is null && !Has(store.FindManifest(image.Descriptor.Digest), Descriptor.UnknownSize))
            return ([], false);
        Manifest manifest = await contents.ReadAsync(store, image, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<Platform> platforms = manifest switch
        {
            ManifestIndex index =>
                [.. index.Entries.Select(entry => entry.Platform).OfType<Platform>().Where(one => !one.IsUnknown)],
            Schema1Manifest old => [old.Platform],
            ImageManifest { IsImage: true } single =>
                await PlatformAsync(single.Config, cancellationToken).ConfigureAwait(false),
            _ => [],
        };
        bool isComplete = await IsCompleteAsync(manifest, nesting: 0, cancellationToken).ConfigureAwait(false);
        return (platforms, isComplete);
    }

    private async Task<IReadOnlyList<Platform>> PlatformAsync(Descriptor config, CancellationToken cancellationToken)
    {
        if (store.FindBlob(config.Digest).FirstOrDefault() is not { } file) return [];
        ImageConfig read =
            await contents.ReadConfigAsync(file, config.Digest, cancellationToken).ConfigureAwait(false);
        return [read.Platform];
    }

    private async Task<bool> IsCompleteAsync(Manifest manifest, int nesting, CancellationToken cancellationToken)
    {
        switch (manifest)
        {
            case ManifestIndex index when nesting <= contents.Limits.IndexNesting:
                foreach (Descriptor entry in index.Entries)
                {
                    if (!await IsCompleteAsync(entry, nesting, cancellationToken).ConfigureAwait(false)) return false;
                }

                return true;
            case ImageManifest image:
                return Has(image.Config) && image.Layers.All(layer => IsForeign(layer) || Has(layer));
            case Schema1Manifest old:
                return old.Layers.All(layer => Has(store.FindBlob(layer), Descriptor.UnknownSize));
            default:
                return manifest is UnknownManifest;
        }
    }

    private async Task<bool> IsCompleteAsync(Descriptor entry, int nesting, CancellationToken cancellationToken)
    {
        // What a list names may be a blob, of which there is nothing to read.
        if (MediaTypes.IsBlob(entry.MediaType)) return Has(entry);
        if (!_seen.Add(entry.Digest)) return true;
        if (store.FindManifest(entry.Digest).FirstOrDefault() is not { } file) return false;
        Manifest manifest = await contents
            .ReadAsync(file, entry.Digest, entry.MediaType, cancellationToken).ConfigureAwait(false);
        return await IsCompleteAsync(manifest, nesting + 1, cancellationToken).ConfigureAwait(false);
    }

    private static bool IsForeign(Descriptor layer) =>
        MediaTypes.IsForeignLayer(layer.MediaType) || layer.Urls.Count > 0;

    private bool Has(Descriptor blob) => Has(store.FindBlob(blob.Digest), blob.Size);

    private static bool Has(IEnumerable<StoreFile> files, long size) =>
        files.FirstOrDefault() is { } file && (size == Descriptor.UnknownSize || file.Length == size);
}
