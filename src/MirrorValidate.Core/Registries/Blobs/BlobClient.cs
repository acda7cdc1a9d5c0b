using System.Globalization;
using System.Net;
using MirrorValidate.Logging;
using MirrorValidate.Manifests;
using MirrorValidate.References;
using MirrorValidate.Registries.Transport;

namespace MirrorValidate.Registries.Blobs;

/// <summary>Looks at the blobs of a repository (distribution-spec 1.1, "Pulling blobs") without keeping any of them.</summary>
internal sealed class BlobClient(RegistrySender sender)
{
    /// <summary>
    /// Whether a blob is there, and of the size that its descriptor says. HEAD tells; where it is refused, says nothing of the size or
    /// disagrees, GET for the first byte does, and where that is refused, the headers of a GET. So nothing is called missing or wrong
    /// that was not answered to GET.
    /// </summary>
    /// <exception cref="RegistryException">That could not be told.</exception>
    internal async Task<BlobState> FindAsync(ImageReference image, Descriptor blob, RequestContext context, CancellationToken cancellationToken)
    {
        RegistryRequest get = Request(HttpMethod.Get, image, blob);
        return await AskAsync(Request(HttpMethod.Head, image, blob), blob, context, cancellationToken).ConfigureAwait(false)
            ?? await AskAsync(get with { IsRanged = true }, blob, context, cancellationToken).ConfigureAwait(false)
            ?? await AskAsync(get, blob, context, cancellationToken).ConfigureAwait(false)
            ?? throw Unexpected(get, "the registry does not say how large the blob is");
    }

    /// <summary>Downloads a blob and hashes it as it comes.</summary>
    /// <exception cref="RegistryException">It could not be downloaded whole, or not be verified.</exception>
    internal async Task<BlobState> HashAsync(ImageReference image, Descriptor blob, RequestContext context, CancellationToken cancellationToken)
    {
        RegistryRequest get = Request(HttpMethod.Get, image, blob) with { HashedBlob = blob };
        if (!blob.Digest.IsVerifiable)
            throw new RegistryException(RegistryFault.DigestVerificationFailed, $"{get.FullPath}: the digest algorithm \"{blob.Digest.Algorithm}\" cannot be verified");
        try
        {
            RegistryResponse response = await sender.SendAsync(get, context, cancellationToken).ConfigureAwait(false);
            BlobState state = Judge(blob, response);
            return state.Problem == BlobProblem.None || !IsPage(response) ? state : throw Unexpected(response, "an HTML page");
        }
        catch (RegistryException e) when (e.Fault == RegistryFault.NotFound)
        {
            return BlobState.Missing(e);
        }
    }

    private static BlobState Judge(Descriptor blob, RegistryResponse response)
    {
        // The announced size is wrong, so the body was not read.
        if (response.Hash is not { } body) return BlobState.OtherSize(response.Size!.Value, blob.Size);
        bool isSizeKnown = blob.Size != Descriptor.UnknownSize;
        if (isSizeKnown && body.Length > blob.Size)
            return new BlobState(BlobProblem.Size, string.Create(CultureInfo.InvariantCulture, $"more than {blob.Size} bytes"));
        if (isSizeKnown && body.Length < blob.Size) return BlobState.OtherSize(body.Length, blob.Size);
        return body.Digest == blob.Digest.ToString()
            ? new BlobState(BlobProblem.None, Hashed: body.Length)
            : new BlobState(BlobProblem.Digest, $"its content has the digest {body.Digest}", body.Length);
    }

    // What an answer tells; null where another way of asking may tell more.
    private async Task<BlobState?> AskAsync(RegistryRequest request, Descriptor blob, RequestContext context, CancellationToken cancellationToken)
    {
        bool isHead = request.Method == HttpMethod.Head;
        try
        {
            RegistryResponse response = await sender.SendAsync(request, context, cancellationToken).ConfigureAwait(false);
            if (AnnouncesOther(blob.Digest, response))
                return isHead ? null : throw Unexpected(response, $"its Docker-Content-Digest is {RegistryErrorText.Clean(response.DigestHeader!)}");
            if (blob.Size == Descriptor.UnknownSize || response.Size == blob.Size) return BlobState.Present;
            if (isHead || response.Size is null) return null;
            return IsPage(response) ? throw Unexpected(response, "an HTML page") : BlobState.OtherSize(response.Size.Value, blob.Size);
        }
        catch (RegistryException e) when (e.Fault == RegistryFault.NotFound && !isHead)
        {
            return BlobState.Missing(e);
        }
        catch (RegistryException e) when ((isHead || request.IsRanged) && RegistryClient.MayRefuseHeadOnly(e))
        {
            context.Log(LogLevel.Debug, () => $"asking by GET: {e.Message}");
            return null;
        }
    }

    // A registry may know the blob by another algorithm.
    private static bool AnnouncesOther(Digest digest, RegistryResponse response) =>
        Digest.TryParse(response.DigestHeader, out Digest? announced) && announced.Algorithm == digest.Algorithm && announced != digest;

    // What a front of the registry answers in its place says nothing of the blob.
    private static bool IsPage(RegistryResponse response) => ManifestReader.WithoutParameters(response.ContentType) == "text/html";

    private static RegistryRequest Request(HttpMethod method, ImageReference image, Descriptor blob) =>
        new(method, image.Registry, image.Repository, $"blobs/{blob.Digest}", MaximumSize: null);

    private static RegistryException Unexpected(RegistryResponse response, string clause) =>
        new(RegistryFault.UnexpectedResponse, response.Request.Explain(clause)) { StatusCode = HttpStatusCode.OK };

    private static RegistryException Unexpected(RegistryRequest request, string clause) =>
        new(RegistryFault.UnexpectedResponse, $"{request.Host}: {request.Method} {request.FullPath}: {clause}");
}
