using MirrorValidate.Manifests;
using MirrorValidate.References;

namespace MirrorValidate.Registries;

/// <content>What a tag points to, and what refers to a manifest.</content>
internal sealed partial class RegistryReader
{
    /// <summary>
    /// The digest that a tag points to, in the algorithm of another. Where the registry's word for it (<c>HEAD</c>) is not the expected
    /// digest, the manifest is read and hashed before it is believed.
    /// </summary>
    /// <param name="tag">The tag.</param>
    /// <param name="expected">The digest that it should point to; <c>sha256</c> or <c>sha512</c>.</param>
    /// <param name="context">On whose behalf.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="RegistryException">There is no such tag, or that could not be told.</exception>
    internal async Task<Digest> ResolveTagAsync(ImageReference tag, Digest expected, RequestContext context, CancellationToken cancellationToken)
    {
        ManifestHead head = await HeadManifestAsync(tag, context, cancellationToken).ConfigureAwait(false);
        if (head.Digest == expected.ToString()) return expected;
        Manifest manifest = await GetManifestAsync(tag, context, cancellationToken).ConfigureAwait(false);
        return manifest.Digest.Algorithm == expected.Algorithm
            ? manifest.Digest
            : ManifestReader.Read(manifest.Content, manifest.MediaType, expected.Algorithm).Digest;
    }

    /// <inheritdoc cref="RegistryClient.GetReferrersAsync"/>
    internal Task<IReadOnlyList<Descriptor>?> GetReferrersAsync(ImageReference subject, RequestContext context, CancellationToken cancellationToken) =>
        client.GetReferrersAsync(subject, context, cancellationToken);

    /// <summary>
    /// Lists what refers to a manifest by the tag that stands in for the API (distribution-spec 1.1, "Referrers Tag Schema").
    /// </summary>
    /// <param name="subject">The manifest, by digest.</param>
    /// <param name="context">On whose behalf.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The referrers; none where there is no such tag.</returns>
    /// <exception cref="RegistryException">That could not be told.</exception>
    internal async Task<IReadOnlyList<Descriptor>> GetTaggedReferrersAsync(ImageReference subject, RequestContext context, CancellationToken cancellationToken)
    {
        Digest digest = subject.Digest!;
        string tag = $"{Start(digest.Algorithm, 32)}-{Start(digest.Encoded, 64)}";
        Manifest? manifest = await FindManifestAsync(new ImageReference(subject.Registry, subject.Repository, tag), context, cancellationToken).ConfigureAwait(false);
        return manifest switch
        {
            null => [],
            ManifestIndex index => index.Entries,
            _ => throw new RegistryException(RegistryFault.UnexpectedResponse, $"{subject.Name}:{tag} should list referrers and is no index"),
        };
    }

    /// <summary>Gets a manifest, <see langword="null"/> where there is none.</summary>
    /// <exception cref="RegistryException">That could not be told.</exception>
    internal async Task<Manifest?> FindManifestAsync(ImageReference reference, RequestContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await GetManifestAsync(reference, context, cancellationToken).ConfigureAwait(false);
        }
        catch (RegistryException e) when (e.Fault == RegistryFault.NotFound)
        {
            return null;
        }
    }

    private static string Start(string text, int length) => text.Length > length ? text[..length] : text;
}
