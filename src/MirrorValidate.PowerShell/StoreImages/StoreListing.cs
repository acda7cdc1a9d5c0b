using MirrorValidate.Manifests;
using MirrorValidate.References;
using MirrorValidate.Registries;
using MirrorValidate.Stores;
using MirrorValidate.Stores.Shapes;

namespace MirrorValidate.PowerShell.StoreImages;

/// <summary>Lists the images of a store.</summary>
/// <param name="store">The store.</param>
internal sealed class StoreListing(BoundStore store)
{
    private readonly StoreContents _contents = new(new RegistryLimits());

    /// <summary>The images, each with its name once.</summary>
    /// <exception cref="StoreException">They cannot be told from what belongs to them.</exception>
    internal async Task<IReadOnlyList<StoredImage>> ListAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<StoredImage> images =
            await _contents.ImagesAsync(store.Store, cancellationToken).ConfigureAwait(false);
        return [.. images.DistinctBy(image => (image.Name?.ToString(), image.Descriptor.Digest))];
    }

    /// <summary>What the store holds of an image.</summary>
    /// <exception cref="StoreException">Its manifest is damaged.</exception>
    internal async Task<StoreImage> ReadAsync(StoredImage image, CancellationToken cancellationToken)
    {
        var inspection = new StoreInspection(store.Store, _contents);
        (IReadOnlyList<Platform> platforms, bool isComplete) =
            await inspection.RunAsync(image, cancellationToken).ConfigureAwait(false);
        (string source, string tag) = NameOf(image);
        // PowerShell can index arrays, but not the read-only lists that collection expressions make.
        return new StoreImage(
            source,
            tag,
            image.Rebuilt is null ? image.Descriptor.Digest.ToString() : "",
            image.Rebuilt is null ? image.Descriptor.MediaType : "",
            platforms.Select(platform => platform.ToString()).ToArray(),
            isComplete,
            store.Path);
    }

    private (string Source, string Tag) NameOf(StoredImage image)
    {
        string digest = image.Descriptor.Digest.ToString();
        string place = store.Repository?.Name ?? new StoreLocation(store.Store.Transport, store.Path).ToString();
        return image.Name switch
        {
            { Full: { } full } => (full.Name, full.Tag ?? digest),
            { Component: { } component, Tag: { } tag } => (component, tag),
            { Tag: { } tag } => (place, tag),
            _ => (place, store.Name?.Tag ?? digest),
        };
    }
}
