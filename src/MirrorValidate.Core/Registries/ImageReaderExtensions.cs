using MirrorValidate.Manifests;
using MirrorValidate.References;

namespace MirrorValidate.Registries;

/// <summary>Operations on top of <see cref="IImageReader"/>.</summary>
internal static class ImageReaderExtensions
{
    /// <summary>
    /// Checks that a manifest exists. If <see cref="IImageReader.HeadManifestAsync"/> does not show it, the manifest is
    /// read, so that only a 404 to GET means that it does not exist.
    /// </summary>
    /// <param name="reader">The reader.</param>
    /// <param name="reference">The manifest, by digest.</param>
    /// <param name="context">The entry that asks.</param>
    /// <param name="cancellationToken">Cancels the check.</param>
    /// <returns>What is known of the manifest.</returns>
    /// <exception cref="RegistryException">The manifest does not exist, or that could not be determined.</exception>
    internal static async Task<ManifestHead> CheckManifestAsync(
        this IImageReader reader, ImageReference reference, RequestContext context, CancellationToken cancellationToken)
    {
        ManifestHead head = await reader.HeadManifestAsync(reference, context, cancellationToken).ConfigureAwait(false);
        // Without a digest, the media type distinguishes a manifest from a web page that is served for every path.
        bool exists = head.Digest.Length > 0
            ? head.Digest == reference.Identifier
            : MediaTypes.IsKnown(head.MediaType);
        if (exists) return head;
        Manifest manifest =
            await reader.GetManifestAsync(reference, context, cancellationToken).ConfigureAwait(false);
        return ManifestHead.Of(manifest, reference.Identifier);
    }

    /// <summary>Reads a manifest that may not exist.</summary>
    /// <returns>The manifest, or <see langword="null"/> if there is none.</returns>
    /// <exception cref="RegistryException">The manifest could not be read or verified.</exception>
    internal static async Task<Manifest?> FindManifestAsync(
        this IImageReader reader, ImageReference reference, RequestContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.GetManifestAsync(reference, context, cancellationToken).ConfigureAwait(false);
        }
        catch (RegistryException e) when (e.ProvesAbsence)
        {
            return null;
        }
    }

    /// <summary>
    /// Resolves a tag to a digest. A digest other than the expected one is only accepted after the manifest was read
    /// and hashed.
    /// </summary>
    /// <param name="reader">The reader.</param>
    /// <param name="tag">The tag.</param>
    /// <param name="expected">
    /// The expected digest; the result has its algorithm, <c>sha256</c> or <c>sha512</c>.
    /// </param>
    /// <param name="context">The entry that asks.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="RegistryException">There is no such tag, or it could not be resolved.</exception>
    internal static async Task<Digest> ResolveTagAsync(
        this IImageReader reader,
        ImageReference tag,
        Digest expected,
        RequestContext context,
        CancellationToken cancellationToken)
    {
        ManifestHead head = await reader.HeadManifestAsync(tag, context, cancellationToken).ConfigureAwait(false);
        if (head.Digest == expected.ToString()) return expected;
        Manifest manifest = await reader.GetManifestAsync(tag, context, cancellationToken).ConfigureAwait(false);
        return manifest.Digest.Algorithm == expected.Algorithm
            ? manifest.Digest
            : ManifestReader.Read(manifest.Content, manifest.MediaType, expected.Algorithm).Digest;
    }
}
