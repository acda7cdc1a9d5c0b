using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using MirrorValidate.Manifests;
using MirrorValidate.References;
using MirrorValidate.Registries;
using MirrorValidate.Registries.Blobs;

namespace MirrorValidate.Stores;

/// <summary>
/// Reads the images of a side from where they are: an image whose reference names a store from that store, any other
/// from the stores of the side, or from registries if it has none.
/// </summary>
/// <param name="side">The side, for messages.</param>
/// <param name="others">Reads images whose reference names no store.</param>
/// <param name="catalog">Opens stores.</param>
internal sealed class ImagePlaces(RegistrySide side, IImageReader others, StoreCatalog catalog) : IImageReader
{
    private readonly ConcurrentDictionary<string, StoreImageReader> _named = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public RegistryLimits Limits => others.Limits;

    /// <inheritdoc/>
    public bool LimitsPulls(ImageReference image) => image.Store is null && others.LimitsPulls(image);

    /// <inheritdoc/>
    public Task<Manifest> GetManifestAsync(
        ImageReference reference, RequestContext context, CancellationToken cancellationToken) =>
        ReadAsync(
            reference,
            reader => reader.GetManifestAsync(reference, context, cancellationToken),
            cancellationToken);

    /// <inheritdoc/>
    public Task<ManifestHead> HeadManifestAsync(
        ImageReference reference, RequestContext context, CancellationToken cancellationToken) =>
        ReadAsync(
            reference,
            reader => reader.HeadManifestAsync(reference, context, cancellationToken),
            cancellationToken);

    /// <inheritdoc/>
    public Task<ImageConfig> GetConfigAsync(
        ImageReference image, Descriptor config, RequestContext context, CancellationToken cancellationToken) =>
        ReadAsync(image, reader => reader.GetConfigAsync(image, config, context, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<BlobState> FindBlobAsync(
        ImageReference image, Descriptor blob, RequestContext context, CancellationToken cancellationToken) =>
        ReadAsync(image, reader => reader.FindBlobAsync(image, blob, context, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<BlobState> HashBlobAsync(
        ImageReference image, Descriptor blob, RequestContext context, CancellationToken cancellationToken) =>
        ReadAsync(image, reader => reader.HashBlobAsync(image, blob, context, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Descriptor>?> GetReferrersAsync(
        ImageReference subject, RequestContext context, CancellationToken cancellationToken) =>
        ReadAsync(subject, reader => reader.GetReferrersAsync(subject, context, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<IReadOnlyList<string>> ListTagsAsync(
        ImageReference repository,
        RequestContext context,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IImageReader reader = await OfAsync(repository, cancellationToken).ConfigureAwait(false);
        await foreach (IReadOnlyList<string> page in reader.ListTagsAsync(repository, context, cancellationToken)
            .ConfigureAwait(false))
        {
            yield return page;
        }
    }

    // A reference without a store goes straight to the others, without another async method in between.
    private Task<T> ReadAsync<T>(
        ImageReference reference, Func<IImageReader, Task<T>> read, CancellationToken cancellationToken) =>
        reference.Store is null ? read(others) : ReadStoreAsync(reference, read, cancellationToken);

    private async Task<T> ReadStoreAsync<T>(
        ImageReference reference, Func<IImageReader, Task<T>> read, CancellationToken cancellationToken)
    {
        IImageReader reader = await OfAsync(reference, cancellationToken).ConfigureAwait(false);
        return await read(reader).ConfigureAwait(false);
    }

    private async ValueTask<IImageReader> OfAsync(ImageReference reference, CancellationToken cancellationToken)
    {
        if (reference.Store is not { } location) return others;
        if (_named.TryGetValue(location.Path, out StoreImageReader? known)) return known;
        try
        {
            var store = new BoundStore(
                await catalog.OpenAsync(location.Path, location.Path, cancellationToken).ConfigureAwait(false),
                Name: null);
            return _named.GetOrAdd(location.Path, new StoreImageReader(side, [store], others.Limits));
        }
        catch (StoreException e)
        {
            // A store that does not exist says nothing about the images in it, so this is not a 404.
            RegistryFault fault = e.Fault == RegistryFault.NotFound ? RegistryFault.Unavailable : e.Fault;
            throw new RegistryException(fault, $"{RegistrySideNames.StoreNameOf(side)} {e.Message}");
        }
    }
}
