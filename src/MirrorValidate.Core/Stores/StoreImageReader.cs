using System.Runtime.CompilerServices;
using MirrorValidate.Manifests;
using MirrorValidate.References;
using MirrorValidate.Registries;
using MirrorValidate.Registries.Blobs;
using MirrorValidate.Stores.Files;
using MirrorValidate.Stores.Shapes;

namespace MirrorValidate.Stores;

/// <summary>
/// Reads images from the stores of a side. Names are looked up in all of them. Content is, too: a layer may lie in
/// another store than its image, and where several have it, each copy must be right.
/// </summary>
internal sealed class StoreImageReader : IImageReader
{
    private readonly IReadOnlyList<BoundStore> _stores;
    private readonly StoreContents _contents;
    private readonly StoreLookup _lookup;
    private readonly StoreReferrers _referrers;
    private readonly string _side;

    // What is read of a destination is checked afterwards, and what is missing there is told as that.
    private readonly bool _isBelieved;

    /// <param name="side">The side, for messages.</param>
    /// <param name="stores">The stores, at least one. They are not disposed.</param>
    /// <param name="limits">The limits on manifests and configs.</param>
    internal StoreImageReader(RegistrySide side, IReadOnlyList<BoundStore> stores, RegistryLimits limits)
    {
        _stores = stores;
        _contents = new StoreContents(limits);
        _lookup = new StoreLookup(stores, _contents);
        _referrers = new StoreReferrers(stores, _contents);
        _side = RegistrySideNames.StoreNameOf(side);
        _isBelieved = side != RegistrySide.Destination;
    }

    /// <inheritdoc/>
    public RegistryLimits Limits => _contents.Limits;

    /// <inheritdoc/>
    public bool LimitsPulls(ImageReference image) => false;

    /// <inheritdoc/>
    public Task<Manifest> GetManifestAsync(
        ImageReference reference, RequestContext context, CancellationToken cancellationToken) =>
        ReadAsync(async () =>
        {
            if (reference.Digest is not { } digest)
            {
                (BoundStore named, StoredImage image) =
                    await _lookup.FindAsync(reference, cancellationToken).ConfigureAwait(false);
                Manifest manifest =
                    await _contents.ReadAsync(named.Store, image, cancellationToken).ConfigureAwait(false);
                if (_isBelieved && image.Rebuilt is { } rebuilt)
                    await _contents.VerifyAsync(named.Store, rebuilt, cancellationToken).ConfigureAwait(false);
                return manifest;
            }

            foreach (BoundStore store in _stores)
            {
                if (store.Store.FindManifest(digest).FirstOrDefault() is not { } file) continue;
                return await _contents.ReadAsync(file, digest, "", cancellationToken).ConfigureAwait(false);
            }

            throw Missing(digest);
        });

    /// <inheritdoc/>
    /// <remarks>The manifest is read and verified, which costs nothing that a caller would notice.</remarks>
    public async Task<ManifestHead> HeadManifestAsync(
        ImageReference reference, RequestContext context, CancellationToken cancellationToken)
    {
        Manifest manifest = await GetManifestAsync(reference, context, cancellationToken).ConfigureAwait(false);
        return ManifestHead.Of(manifest, reference.Digest?.ToString() ?? manifest.Digest.ToString());
    }

    /// <inheritdoc/>
    public Task<ImageConfig> GetConfigAsync(
        ImageReference image, Descriptor config, RequestContext context, CancellationToken cancellationToken) =>
        ReadAsync(() =>
        {
            StoreFile file = Copies(config.Digest).FirstOrDefault().File ?? throw Missing(config.Digest);
            return _contents.ReadConfigAsync(file, config.Digest, cancellationToken);
        });

    /// <inheritdoc/>
    public Task<BlobState> FindBlobAsync(
        ImageReference image, Descriptor blob, RequestContext context, CancellationToken cancellationToken) =>
        CheckBlobAsync(blob, async (_, file) =>
        {
            await file.ProbeAsync(cancellationToken).ConfigureAwait(false);
            return BlobState.Present;
        });

    /// <inheritdoc/>
    public Task<BlobState> HashBlobAsync(
        ImageReference image, Descriptor blob, RequestContext context, CancellationToken cancellationToken) =>
        CheckBlobAsync(blob, async (path, file) =>
        {
            if (!blob.Digest.IsVerifiable)
            {
                throw new StoreException(
                    RegistryFault.DigestVerificationFailed,
                    $"{path}: {file.Name}: the digest algorithm \"{blob.Digest.Algorithm}\" cannot be verified");
            }

            string actual = await file.HashAsync(blob.Digest.Algorithm, cancellationToken).ConfigureAwait(false);
            return actual == blob.Digest.ToString()
                ? new BlobState(BlobProblem.None, Hashed: file.Length)
                : new BlobState(
                    BlobProblem.Digest, $"its content has the digest {actual} ({path}: {file.Name})", file.Length);
        });

    /// <inheritdoc/>
    public Task<IReadOnlyList<Descriptor>?> GetReferrersAsync(
        ImageReference subject, RequestContext context, CancellationToken cancellationToken) =>
        ReadAsync(() => _referrers.FindAsync(subject.Digest!, cancellationToken));

    /// <inheritdoc/>
    /// <remarks>One page: a store is in memory.</remarks>
    public async IAsyncEnumerable<IReadOnlyList<string>> ListTagsAsync(
        ImageReference repository,
        RequestContext context,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return await ReadAsync(() => Task.FromResult(_lookup.TagsOf(repository))).ConfigureAwait(false);
    }

    // The first copy with a problem decides.
    private Task<BlobState> CheckBlobAsync(Descriptor blob, Func<string, StoreFile, Task<BlobState>> check) =>
        ReadAsync(async () =>
        {
            BlobState? state = null;
            foreach ((string path, StoreFile file) in Copies(blob.Digest))
            {
                if (blob.Size != Descriptor.UnknownSize && file.Length != blob.Size)
                {
                    BlobState other = BlobState.OtherSize(file.Length, blob.Size);
                    return other with { Description = $"{other.Description} ({path}: {file.Name})" };
                }

                state = await check(path, file).ConfigureAwait(false);
                if (state.Problem != BlobProblem.None) return state;
            }

            return state ?? BlobState.Missing(Told(Missing(blob.Digest)));
        });

    private IEnumerable<(string Path, StoreFile File)> Copies(Digest digest)
    {
        foreach (BoundStore store in _stores)
        {
            foreach (StoreFile found in store.Store.FindBlob(digest))
            {
                for (StoreFile? file = found; file is not null; file = file.Other) yield return (store.Path, file);
            }
        }
    }

    private StoreException Missing(Digest digest) => _stores is [var only]
        ? StoreContents.Missing(only.Store, digest)
        : new StoreException(
            RegistryFault.NotFound,
            $"{_lookup.Paths}: none of them has {_stores[0].Store.FileOf(digest)}; {_stores[0].Store.Sparseness}");

    private async Task<T> ReadAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (StoreException e)
        {
            throw Told(e);
        }
    }

    private RegistryException Told(StoreException e) => new(e.Fault, $"{_side} {e.Message}");
}
