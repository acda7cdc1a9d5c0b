using MirrorValidate.Manifests;
using MirrorValidate.References;
using MirrorValidate.Registries;
using MirrorValidate.Stores.Files;
using MirrorValidate.Stores.Shapes;

namespace MirrorValidate.Stores;

/// <summary>Reads manifests of stores. Each is verified against its digest before anything in it is believed.</summary>
/// <param name="limits">The limits on manifests.</param>
internal sealed class StoreContents(RegistryLimits limits)
{
    /// <summary>The limits on manifests and configs.</summary>
    internal RegistryLimits Limits => limits;

    /// <summary>Reads the manifest that the index of a store lists.</summary>
    /// <exception cref="StoreException">It is missing, damaged, or not what the index says of it.</exception>
    internal async Task<Manifest> ReadAsync(
        IImageStore store, StoredImage image, CancellationToken cancellationToken)
    {
        if (image.Rebuilt is { } rebuilt) return rebuilt;
        Descriptor stated = image.Descriptor;
        StoreFile file = store.FindManifest(stated.Digest).FirstOrDefault() ?? throw Missing(store, stated.Digest);
        if (stated.Digest.IsVerifiable && file.Length != stated.Size)
            throw file.Damaged($"it has {file.Length} bytes, the index of the store says {stated.Size}");
        Manifest manifest =
            await ReadAsync(file, stated.Digest, stated.MediaType, cancellationToken).ConfigureAwait(false);
        return manifest with { Caveat = image.Caveat };
    }

    /// <summary>Reads a manifest of which no digest is stated.</summary>
    /// <exception cref="StoreException">It is damaged, or no manifest.</exception>
    internal async Task<Manifest> ReadUnnamedAsync(StoreFile file, CancellationToken cancellationToken)
    {
        byte[] content = await file.ReadAsync(limits.ManifestSize, cancellationToken).ConfigureAwait(false);
        return Parse(file, content, mediaType: "", "sha256", isTrusted: true)!;
    }

    /// <summary>Reads a manifest by its digest.</summary>
    /// <param name="file">The file.</param>
    /// <param name="digest">The digest.</param>
    /// <param name="mediaType">The media type that is stated elsewhere; empty if it is not.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="StoreException">It is damaged, or no manifest.</exception>
    internal async Task<Manifest> ReadAsync(
        StoreFile file, Digest digest, string mediaType, CancellationToken cancellationToken)
    {
        Check(file, digest);
        byte[] content = await file.ReadAsync(limits.ManifestSize, cancellationToken).ConfigureAwait(false);
        Digest actual = Digest.Of(digest.Algorithm, content);
        // The digest of signed schema 1 is that of its payload.
        if (actual != digest && Parse(file, content, mediaType, digest.Algorithm, isTrusted: false)?.Digest != digest)
            throw OtherDigest(file, actual);
        return Parse(file, content, mediaType, digest.Algorithm, isTrusted: true)!;
    }

    /// <summary>Checks that a store has the manifests of an index that was put together from what it keeps.</summary>
    /// <exception cref="StoreException">One is missing or damaged.</exception>
    internal async Task VerifyAsync(IImageStore store, ManifestIndex index, CancellationToken cancellationToken)
    {
        foreach (Descriptor entry in index.Entries)
        {
            StoreFile file = store.FindManifest(entry.Digest).FirstOrDefault() ?? throw new StoreException(
                RegistryFault.MalformedManifest, Missing(store, entry.Digest).Message);
            await ReadAsync(file, entry.Digest, entry.MediaType, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Reads the config of an image.</summary>
    /// <exception cref="StoreException">It is damaged, or no config.</exception>
    internal async Task<ImageConfig> ReadConfigAsync(
        StoreFile file, Digest digest, CancellationToken cancellationToken)
    {
        Check(file, digest);
        byte[] content = await file.ReadAsync(limits.ConfigSize, cancellationToken).ConfigureAwait(false);
        Digest actual = Digest.Of(digest.Algorithm, content);
        if (actual != digest) throw OtherDigest(file, actual);
        try
        {
            return ImageConfig.Read(content);
        }
        catch (ManifestFormatException e)
        {
            throw file.Damaged(Printable.Of(e.Message));
        }
    }

    /// <summary>
    /// The images of a store. Where the store names any, they are those with a name; else those that are neither part
    /// of another nor refer to one.
    /// </summary>
    /// <exception cref="StoreException">A manifest could not be read.</exception>
    internal async Task<IReadOnlyList<StoredImage>> ImagesAsync(
        IImageStore store, CancellationToken cancellationToken)
    {
        if (store.Images.Count <= 1) return store.Images;
        StoredImage[] named = [.. store.Images.Where(image => image.Name is not null)];
        if (named.Length > 0) return named;
        var parts = new HashSet<Digest>();
        foreach (StoredImage image in store.Images)
        {
            Manifest manifest = await ReadAsync(store, image, cancellationToken).ConfigureAwait(false);
            if (manifest is ManifestIndex index) parts.UnionWith(index.Entries.Select(entry => entry.Digest));
            if (ReferrerManifest.Read(manifest).Subject is not null) parts.Add(image.Descriptor.Digest);
        }

        return [.. store.Images.Where(image => !parts.Contains(image.Descriptor.Digest))];
    }

    /// <summary>The exception for content that a store does not have.</summary>
    internal static StoreException Missing(IImageStore store, Digest digest) => new(
        RegistryFault.NotFound,
        $"{store.Path}: there is no {store.FileOf(digest)}{(store.Sparseness.Length == 0 ? "" : "; ")}"
        + store.Sparseness);

    private static void Check(StoreFile file, Digest digest)
    {
        if (digest.IsVerifiable) return;
        throw new StoreException(
            RegistryFault.DigestVerificationFailed,
            file.Damaged($"the digest algorithm \"{digest.Algorithm}\" cannot be verified").Message);
    }

    private static StoreException OtherDigest(StoreFile file, Digest actual) => new(
        RegistryFault.DigestVerificationFailed, file.Damaged($"its content has the digest {actual}").Message);

    // Null for what is no manifest and need not be one.
    private static Manifest? Parse(
        StoreFile file, byte[] content, string mediaType, string algorithm, bool isTrusted)
    {
        try
        {
            Manifest manifest = ManifestReader.Read(content, contentType: null, algorithm);
            if (!ManifestReader.TellsType(mediaType) || manifest.MediaType == mediaType) return manifest;
            // Where the body does not state its type, what names it may.
            return ManifestReader.Read(content, mediaType, algorithm);
        }
        catch (ManifestFormatException e)
        {
            return isTrusted ? throw file.Damaged(Printable.Of(e.Message)) : null;
        }
        catch (ManifestLimitException e)
        {
            return isTrusted
                ? throw new StoreException(RegistryFault.ResponseTooLarge, file.Damaged(e.Message).Message)
                : null;
        }
    }
}
