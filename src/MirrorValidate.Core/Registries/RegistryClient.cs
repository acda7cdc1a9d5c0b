using MirrorValidate.Logging;
using MirrorValidate.Manifests;
using MirrorValidate.References;
using MirrorValidate.Registries.Blobs;
using MirrorValidate.Registries.Transport;

namespace MirrorValidate.Registries;

/// <summary>
/// Reads manifests and configs from registries (OCI distribution-spec 1.1, "Pull"). What it returns was verified: bodies hash to
/// the digest that was asked for and to the one that was announced.
/// </summary>
public sealed partial class RegistryClient
{
    private readonly RegistrySender _sender;
    private readonly RegistryLimits _limits;

    internal RegistryClient(RegistrySender sender, RegistryLimits limits)
    {
        _sender = sender;
        _limits = limits;
        Blobs = new BlobClient(sender);
    }

    /// <summary>Looks at configs and layers.</summary>
    internal BlobClient Blobs { get; }

    /// <summary>How much is taken from the registry.</summary>
    internal RegistryLimits Limits => _limits;

    /// <summary>
    /// Whether a registry is better asked by <see cref="HeadManifestAsync"/> first: it limits pulls, and does not count HEAD as one.
    /// </summary>
    public bool LimitsPulls(RegistryHost registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        return _sender.LimitsPulls(registry);
    }

    /// <summary>Gets a manifest by digest, else by tag (<c>GET /v2/NAME/manifests/REFERENCE</c>).</summary>
    /// <exception cref="RegistryException">No manifest, for whatever reason; the fault tells which.</exception>
    public async Task<Manifest> GetManifestAsync(ImageReference reference, RequestContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reference);
        RegistryResponse response = await _sender.SendAsync(ManifestRequest(HttpMethod.Get, reference), context, cancellationToken).ConfigureAwait(false);
        return ReadManifest(reference, response);
    }

    /// <summary>
    /// Whether a manifest exists (<c>HEAD</c>). Where the registry refuses HEAD, or its answer does not fit what was asked,
    /// the manifest is read and verified instead, so that only a registry's own 404 to GET means that it does not exist.
    /// </summary>
    /// <param name="reference">The manifest, by digest.</param>
    /// <param name="context">On whose behalf.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="RegistryException">It does not exist, or that could not be told.</exception>
    public async Task CheckManifestAsync(ImageReference reference, RequestContext context, CancellationToken cancellationToken)
    {
        ManifestHead head = await HeadManifestAsync(reference, context, cancellationToken).ConfigureAwait(false);
        // Without a digest the type has to show that it is a manifest which is there, and not a page that answers everything.
        bool isThere = head.Digest.Length == 0 ? MediaTypes.IsKnown(head.MediaType) : head.Digest == reference.Identifier;
        if (!isThere) await GetManifestAsync(reference, context, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What a registry says of a manifest without sending it (<c>HEAD</c>). Nothing of it is verified.</summary>
    /// <returns>Digest and media type; empty where the registry does not tell, or refuses HEAD, so that only GET can tell more.</returns>
    /// <exception cref="RegistryException">The registry could not be asked.</exception>
    public async Task<ManifestHead> HeadManifestAsync(ImageReference reference, RequestContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reference);
        try
        {
            RegistryResponse response = await _sender.SendAsync(ManifestRequest(HttpMethod.Head, reference), context, cancellationToken).ConfigureAwait(false);
            return new ManifestHead(response.DigestHeader ?? "", ManifestReader.WithoutParameters(response.ContentType));
        }
        catch (RegistryException e) when (MayRefuseHeadOnly(e))
        {
            context.Log(LogLevel.Debug, () => $"asking by GET: {e.Message}");
            return new ManifestHead("", "");
        }
    }

    /// <summary>Gets an image's config (<c>GET /v2/NAME/blobs/DIGEST</c>).</summary>
    /// <exception cref="RegistryException">No config, for whatever reason.</exception>
    public async Task<ImageConfig> GetConfigAsync(ImageReference image, Descriptor config, RequestContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(config);
        var request = new RegistryRequest(HttpMethod.Get, image.Registry, image.Repository, $"blobs/{config.Digest}", _limits.ConfigSize);
        RegistryResponse response = await _sender.SendAsync(request, context, cancellationToken).ConfigureAwait(false);
        Verify(config.Digest, response.Body, response);
        return Parse(response, () => ImageConfig.Read(response.Body));
    }

    // HEAD is refused where GET is not by some registries, and by object storage that a HEAD was redirected to.
    internal static bool MayRefuseHeadOnly(RegistryException e) =>
        e.Fault is RegistryFault.NotFound or RegistryFault.Forbidden or RegistryFault.UnexpectedResponse or RegistryFault.Unauthorized
        || e.StatusCode == System.Net.HttpStatusCode.NotImplemented;

    private RegistryRequest ManifestRequest(HttpMethod method, ImageReference reference) =>
        new(method, reference.Registry, reference.Repository, $"manifests/{reference.Identifier}", _limits.ManifestSize, MediaTypes.Accept);

    private static Manifest ReadManifest(ImageReference reference, RegistryResponse response)
    {
        if (reference.Digest is { IsVerifiable: false } unknown)
            throw Unverified(response, $"the digest algorithm \"{unknown.Algorithm}\" cannot be verified");
        Manifest manifest = Parse(
            response, () => ManifestReader.Read(response.Body, response.ContentType, reference.Digest?.Algorithm ?? "sha256"));
        if (reference.Digest is { } asked && manifest.Digest != asked)
            throw Unverified(response, $"the manifest has the digest {manifest.Digest}, not the one that was asked for");
        if (response.DigestHeader is { } header && header != manifest.Digest.ToString()) VerifyHeader(header, manifest, response);
        return manifest;
    }

    // The announced digest may use another algorithm than the one asked for.
    private static void VerifyHeader(string header, Manifest manifest, RegistryResponse response)
    {
        if (!Digest.TryParse(header, out Digest? announced) || !announced.IsVerifiable)
            throw Unverified(response, $"its Docker-Content-Digest is no digest that can be verified ({RegistryErrorText.Clean(header)})");
        Digest actual = announced.Algorithm == manifest.Digest.Algorithm
            ? manifest.Digest
            : Parse(response, () => ManifestReader.Read(response.Body, response.ContentType, announced.Algorithm)).Digest;
        if (actual != announced) throw Unverified(response, $"the manifest has the digest {actual}, its Docker-Content-Digest is {announced}");
    }

    private static void Verify(Digest digest, ReadOnlySpan<byte> content, RegistryResponse response)
    {
        if (!digest.IsVerifiable) throw Unverified(response, $"the digest algorithm \"{digest.Algorithm}\" cannot be verified");
        Digest actual = Digest.Of(digest.Algorithm, content);
        if (actual != digest) throw Unverified(response, $"the content has the digest {actual}, not {digest}");
    }

    private static T Parse<T>(RegistryResponse response, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ManifestFormatException e)
        {
            throw Unusable(RegistryFault.MalformedManifest, e, response);
        }
        catch (ManifestLimitException e)
        {
            throw Unusable(RegistryFault.ResponseTooLarge, e, response);
        }
    }

    // Without the exception, which quotes what the registry sent.
    private static RegistryException Unusable(RegistryFault fault, FormatException e, RegistryResponse response) =>
        new(fault, response.Request.Explain(RegistryErrorText.Clean(e.Message)));

    private static RegistryException Unverified(RegistryResponse response, string clause) =>
        new(RegistryFault.DigestVerificationFailed, response.Request.Explain(clause));
}
