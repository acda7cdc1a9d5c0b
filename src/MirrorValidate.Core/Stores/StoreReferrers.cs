using MirrorValidate.Manifests;
using MirrorValidate.References;
using MirrorValidate.Stores.Shapes;

namespace MirrorValidate.Stores;

/// <summary>
/// Finds referrers in stores. They lie beside the images in the index, and say in their manifests what they refer to
/// (OCI image-spec, manifest.md, "subject"). All manifests of an index are read once.
/// </summary>
internal sealed class StoreReferrers
{
    private readonly IReadOnlyList<BoundStore> _stores;
    private readonly StoreContents _contents;
    private readonly Lazy<Task<ILookup<Digest, Descriptor>>> _referrers;

    /// <param name="stores">The stores.</param>
    /// <param name="contents">Reads their manifests.</param>
    internal StoreReferrers(IReadOnlyList<BoundStore> stores, StoreContents contents)
    {
        _stores = stores;
        _contents = contents;
        // Shared by all entries, of which none may cancel it for the others.
        _referrers = new(() => Task.Run(() => ReadAsync(CancellationToken.None)));
    }

    /// <summary>The referrers of a manifest.</summary>
    /// <returns><see langword="null"/> if there are none in the indexes.</returns>
    /// <exception cref="StoreException">A manifest of an index could not be read.</exception>
    internal async Task<IReadOnlyList<Descriptor>?> FindAsync(Digest subject, CancellationToken cancellationToken)
    {
        ILookup<Digest, Descriptor> referrers =
            await _referrers.Value.WaitAsync(cancellationToken).ConfigureAwait(false);
        Descriptor[] found = [.. referrers[subject]];
        return found.Length == 0 ? null : found;
    }

    private async Task<ILookup<Digest, Descriptor>> ReadAsync(CancellationToken cancellationToken)
    {
        var found = new List<(Digest Subject, Descriptor Referrer)>();
        foreach (BoundStore store in _stores)
        {
            foreach (StoredImage image in store.Store.Images)
            {
                Manifest manifest =
                    await _contents.ReadAsync(store.Store, image, cancellationToken).ConfigureAwait(false);
                ReferrerManifest read = ReferrerManifest.Read(manifest);
                if (read.Subject is not { } subject) continue;
                found.Add((subject, image.Descriptor with
                {
                    ArtifactType = read.ArtifactType,
                    Annotations = read.Annotations,
                }));
            }
        }

        return found.DistinctBy(one => (one.Subject, one.Referrer.Digest))
            .ToLookup(one => one.Subject, one => one.Referrer);
    }
}
