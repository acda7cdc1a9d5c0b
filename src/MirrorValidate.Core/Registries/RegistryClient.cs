using MirrorValidate.Logging;
using MirrorValidate.Manifests;
using MirrorValidate.References;
using MirrorValidate.Registries.Blobs;
using MirrorValidate.Registries.Transport;

namespace MirrorValidate.Registries;

/// <summary>
/// Reads manifests and blobs from registries (OCI distribution-spec 1.1, "Pull"). Verifies manifests and configs
/// against the requested digest and the one that the registry announced.
/// </summary>
internal sealed partial class RegistryClient : IImageReader
{
    private readonly RegistrySender _sender;
    private readonly BlobClient _blobs;

    internal RegistryClient(RegistrySender sender, RegistryLimits limits)
    {
        _sender = sender;
        _blobs = new BlobClient(sender);
        Limits = limits;
    }

    /// <inheritdoc/>
    public RegistryLimits Limits { get; }

    /// <inheritdoc/>
    public bool LimitsPulls(ImageReference image) => _sender.LimitsPulls(image.Registry);

    /// <inheritdoc/>
    /// <remarks><c>GET /v2/NAME/manifests/REFERENCE</c>.</remarks>
    public async Task<Manifest> GetManifestAsync(
        ImageReference reference, RequestContext context, CancellationToken cancellationToken)
    {
        RegistryRequest request = ManifestRequest(HttpMethod.Get, reference);
        RegistryResponse response = await _sender.SendAsync(request, context, cancellationToken).ConfigureAwait(false);
        return ReadManifest(reference, response);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// <c>HEAD /v2/NAME/manifests/REFERENCE</c>. The result is empty if the registry refuses HEAD, even with a 404:
    /// some answer 404 to HEAD but not to GET.
    /// </remarks>
    public async Task<ManifestHead> HeadManifestAsync(
        ImageReference reference, RequestContext context, CancellationToken cancellationToken)
    {
        RegistryRequest request = ManifestRequest(HttpMethod.Head, reference);
        try
        {
            RegistryResponse response =
                await _sender.SendAsync(request, context, cancellationToken).ConfigureAwait(false);
            string mediaType = ManifestReader.WithoutParameters(response.ContentType);
            // No manifest is empty: some fronts announce the length of what they send to HEAD.
            bool isSizeTold = response.Size > 0 && !MediaTypes.IsSchema1(mediaType);
            return new ManifestHead(response.DigestHeader ?? "", mediaType)
            {
                Size = isSizeTold ? response.Size : null,
            };
        }
        catch (RegistryException e) when (MayRefuseHeadOnly(e))
        {
            context.Log(LogLevel.Debug, () => $"asking by GET: {e.Message}");
            return new ManifestHead("", "");
        }
    }

    /// <inheritdoc/>
    /// <remarks><c>GET /v2/NAME/blobs/DIGEST</c>.</remarks>
    public async Task<ImageConfig> GetConfigAsync(
        ImageReference image, Descriptor config, RequestContext context, CancellationToken cancellationToken)
    {
        string path = $"blobs/{config.Digest}";
        var request = new RegistryRequest(HttpMethod.Get, image.Registry, image.Repository, path, Limits.ConfigSize);
        RegistryResponse response = await _sender.SendAsync(request, context, cancellationToken).ConfigureAwait(false);
        Verify(config.Digest, response.Body, response);
        return Parse(response, () => ImageConfig.Read(response.Body));
    }

    /// <inheritdoc/>
    public Task<BlobState> FindBlobAsync(
        ImageReference image, Descriptor blob, RequestContext context, CancellationToken cancellationToken) =>
        _blobs.FindAsync(image, blob, context, cancellationToken);

    /// <inheritdoc/>
    public Task<BlobState> HashBlobAsync(
        ImageReference image, Descriptor blob, RequestContext context, CancellationToken cancellationToken) =>
        _blobs.HashAsync(image, blob, context, cancellationToken);

    /// <summary>
    /// Whether GET may succeed although HEAD failed: some registries refuse only HEAD, and so does some object storage
    /// that a HEAD is redirected to.
    /// </summary>
    internal static bool MayRefuseHeadOnly(RegistryException e) =>
        e.Fault is RegistryFault.NotFound or RegistryFault.Forbidden
            or RegistryFault.UnexpectedResponse or RegistryFault.Unauthorized
        || e.StatusCode == System.Net.HttpStatusCode.NotImplemented;

    private RegistryRequest ManifestRequest(HttpMethod method, ImageReference reference)
    {
        string path = $"manifests/{reference.Identifier}";
        return new(method, reference.Registry, reference.Repository, path, Limits.ManifestSize, MediaTypes.Accept);
    }

    private static Manifest ReadManifest(ImageReference reference, RegistryResponse response)
    {
        if (reference.Digest is { IsVerifiable: false } unknown) throw Unverifiable(unknown, response);
        Manifest manifest = ReadManifest(response, reference.Digest?.Algorithm ?? "sha256");
        if (reference.Digest is { } asked && manifest.Digest != asked)
        {
            throw Unverified(
                response, $"the manifest has the digest {manifest.Digest}, not the one that was asked for");
        }

        if (response.DigestHeader is { } header && header != manifest.Digest.ToString())
            VerifyHeader(header, manifest, response);
        return manifest;
    }

    private static Manifest ReadManifest(RegistryResponse response, string algorithm) =>
        Parse(response, () => ManifestReader.Read(response.Body, response.ContentType, algorithm));

    // The announced digest may use another algorithm than the requested one.
    private static void VerifyHeader(string header, Manifest manifest, RegistryResponse response)
    {
        if (!Digest.TryParse(header, out Digest? announced) || !announced.IsVerifiable)
        {
            string text = RegistryErrorText.Clean(header);
            throw Unverified(response, $"its Docker-Content-Digest is no digest that can be verified ({text})");
        }

        Digest actual = announced.Algorithm == manifest.Digest.Algorithm
            ? manifest.Digest
            : ReadManifest(response, announced.Algorithm).Digest;
        if (actual != announced)
        {
            throw Unverified(
                response, $"the manifest has the digest {actual}, its Docker-Content-Digest is {announced}");
        }
    }

    private static void Verify(Digest digest, ReadOnlySpan<byte> content, RegistryResponse response)
    {
        if (!digest.IsVerifiable) throw Unverifiable(digest, response);
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

    // The inner exception is dropped, since it quotes what the registry sent.
    private static RegistryException Unusable(RegistryFault fault, FormatException e, RegistryResponse response) =>
        new(fault, response.Request.Explain(RegistryErrorText.Clean(e.Message) + response.EncodingClause));

    private static RegistryException Unverifiable(Digest digest, RegistryResponse response) =>
        Unverified(response, $"the digest algorithm \"{digest.Algorithm}\" cannot be verified");

    private static RegistryException Unverified(RegistryResponse response, string clause) =>
        new(RegistryFault.DigestVerificationFailed, response.Request.Explain(clause + response.EncodingClause));
}
