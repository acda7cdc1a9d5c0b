using MirrorValidate.Logging;
using MirrorValidate.Manifests;
using MirrorValidate.References;
using MirrorValidate.Registries.Transport;

namespace MirrorValidate.Registries;

/// <content>What a tag points to.</content>
public sealed partial class RegistryClient
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
        try
        {
            RegistryResponse response = await _sender.SendAsync(ManifestRequest(HttpMethod.Head, tag), context, cancellationToken).ConfigureAwait(false);
            if (response.DigestHeader == expected.ToString()) return expected;
        }
        catch (RegistryException e) when (MayRefuseHeadOnly(e))
        {
            context.Log(LogLevel.Debug, () => $"asking by GET: {e.Message}");
        }

        Manifest manifest = await GetManifestAsync(tag, context, cancellationToken).ConfigureAwait(false);
        return manifest.Digest.Algorithm == expected.Algorithm
            ? manifest.Digest
            : ManifestReader.Read(manifest.Content, manifest.MediaType, expected.Algorithm).Digest;
    }
}
