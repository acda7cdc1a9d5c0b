using System.Globalization;
using MirrorValidate.Manifests;
using MirrorValidate.References;
using MirrorValidate.Registries.Blobs;

namespace MirrorValidate.Registries;

/// <summary>
/// Caches the answers of another reader for a run, so that each manifest or blob of a repository is requested once. The
/// cache is bounded: what was not used recently is dropped and requested again. Configs, referrers and tags are not
/// cached.
/// </summary>
/// <param name="inner">Answers what is not in the cache.</param>
internal sealed class CachingImageReader(IImageReader inner) : IImageReader
{
    /// <summary>
    /// The size of the manifests to keep, in bytes of content. Parsed manifests take a few times as much memory.
    /// </summary>
    private const long KeptManifests = 4 * 1024 * 1024;

    /// <summary>The number of digests and media types to keep.</summary>
    private const long KeptHeads = 32 * 1024;

    /// <summary>The number of blob states to keep, for each kind of check.</summary>
    private const long KeptBlobs = 64 * 1024;

    private readonly SingleFlightCache<Manifest> _manifests =
        new(KeptManifests, static manifest => manifest.Content.Length + 256);

    private readonly SingleFlightCache<ManifestHead> _heads = new(KeptHeads, static _ => 1);
    private readonly SingleFlightCache<BlobState> _found = new(KeptBlobs, static _ => 1);
    private readonly SingleFlightCache<BlobState> _hashed = new(KeptBlobs, static _ => 1);

    /// <inheritdoc/>
    public RegistryLimits Limits => inner.Limits;

    /// <inheritdoc/>
    public bool LimitsPulls(ImageReference image) => inner.LimitsPulls(image);

    /// <inheritdoc/>
    public Task<Manifest> GetManifestAsync(
        ImageReference reference, RequestContext context, CancellationToken cancellationToken)
    {
        string key = KeyOf(reference);
        return _manifests.GetAsync(
            key, () => ReadManifestAsync(key, reference, context, cancellationToken), context, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<ManifestHead> HeadManifestAsync(
        ImageReference reference, RequestContext context, CancellationToken cancellationToken) =>
        _heads.GetAsync(
            KeyOf(reference),
            () => inner.HeadManifestAsync(reference, context, cancellationToken),
            context,
            cancellationToken);

    /// <inheritdoc/>
    public Task<ImageConfig> GetConfigAsync(
        ImageReference image, Descriptor config, RequestContext context, CancellationToken cancellationToken) =>
        inner.GetConfigAsync(image, config, context, cancellationToken);

    /// <inheritdoc/>
    public Task<BlobState> FindBlobAsync(
        ImageReference image, Descriptor blob, RequestContext context, CancellationToken cancellationToken) =>
        _found.GetAsync(
            KeyOf(image, blob),
            () => inner.FindBlobAsync(image, blob, context, cancellationToken),
            context,
            cancellationToken);

    /// <inheritdoc/>
    public Task<BlobState> HashBlobAsync(
        ImageReference image, Descriptor blob, RequestContext context, CancellationToken cancellationToken) =>
        _hashed.GetAsync(
            KeyOf(image, blob),
            () => inner.HashBlobAsync(image, blob, context, cancellationToken),
            context,
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Descriptor>?> GetReferrersAsync(
        ImageReference subject, RequestContext context, CancellationToken cancellationToken) =>
        inner.GetReferrersAsync(subject, context, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<IReadOnlyList<string>> ListTagsAsync(
        ImageReference repository, RequestContext context, CancellationToken cancellationToken) =>
        inner.ListTagsAsync(repository, context, cancellationToken);

    private async Task<Manifest> ReadManifestAsync(
        string key, ImageReference reference, RequestContext context, CancellationToken cancellationToken)
    {
        Manifest manifest = await inner.GetManifestAsync(reference, context, cancellationToken).ConfigureAwait(false);
        // Heads are kept longer than contents, so that a registry that refuses HEAD is not asked again by GET.
        if (reference.Digest is not null)
            _heads.Set(key, ManifestHead.Of(manifest, reference.Identifier));
        return manifest;
    }

    // Descriptors of the same blob may state different sizes, of which only one is right.
    private static string KeyOf(ImageReference image, Descriptor blob) =>
        string.Create(CultureInfo.InvariantCulture, $"{KeyOf(image.WithDigest(blob.Digest))} {blob.Size}");

    private static string KeyOf(ImageReference reference) =>
        $"{reference.Store}:{reference.Registry.ApiAuthority}/{reference.Repository}@{reference.Identifier}";
}
