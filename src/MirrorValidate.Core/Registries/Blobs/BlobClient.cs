using System.Globalization;
using System.Net;
using MirrorValidate.Logging;
using MirrorValidate.Manifests;
using MirrorValidate.References;
using MirrorValidate.Registries.Transport;

namespace MirrorValidate.Registries.Blobs;

/// <summary>Checks the blobs of a repository (distribution-spec 1.1, "Pulling blobs") and keeps none of them.</summary>
/// <param name="sender">Sends the requests.</param>
internal sealed class BlobClient(RegistrySender sender)
{
    /// <summary>
    /// Checks that a blob exists and has the size in its descriptor. HEAD is trusted only when it confirms both; else
    /// GET asks for the first byte, and if that is refused, for the whole blob, whose body is not read. So only a
    /// response to GET can make a blob missing or wrong.
    /// </summary>
    /// <exception cref="RegistryException">The registry gave no usable response.</exception>
    internal async Task<BlobState> FindAsync(
        ImageReference image, Descriptor blob, RequestContext context, CancellationToken cancellationToken)
    {
        RegistryRequest get = Request(HttpMethod.Get, image, blob);
        RegistryRequest head = get with { Method = HttpMethod.Head };
        return await AskAsync(head, blob, context, cancellationToken).ConfigureAwait(false)
            ?? await AskAsync(get with { IsRanged = true }, blob, context, cancellationToken).ConfigureAwait(false)
            ?? await AskAsync(get, blob, context, cancellationToken).ConfigureAwait(false)
            ?? throw Unexpected(get, "the registry does not say how large the blob is");
    }

    /// <summary>Downloads a blob and hashes it as it arrives.</summary>
    /// <exception cref="RegistryException">It could not be downloaded, or its digest not be verified.</exception>
    internal async Task<BlobState> HashAsync(
        ImageReference image, Descriptor blob, RequestContext context, CancellationToken cancellationToken)
    {
        RegistryRequest get = Request(HttpMethod.Get, image, blob) with { HashedBlob = blob };
        if (!blob.Digest.IsVerifiable)
        {
            throw new RegistryException(
                RegistryFault.DigestVerificationFailed,
                $"{get.FullPath}: the digest algorithm \"{blob.Digest.Algorithm}\" cannot be verified");
        }

        try
        {
            RegistryResponse response = await sender.SendAsync(get, context, cancellationToken).ConfigureAwait(false);
            BlobState state = Judge(blob, response);
            return state.Problem == BlobProblem.None || DisguiseOf(response) is not { } disguise
                ? state
                : throw Unexpected(response, disguise);
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
        {
            string problem = string.Create(CultureInfo.InvariantCulture, $"more than {blob.Size} bytes");
            return new BlobState(BlobProblem.Size, problem);
        }

        if (isSizeKnown && body.Length < blob.Size) return BlobState.OtherSize(body.Length, blob.Size);
        return body.Digest == blob.Digest.ToString()
            ? new BlobState(BlobProblem.None, Hashed: body.Length)
            : new BlobState(BlobProblem.Digest, $"its content has the digest {body.Digest}", body.Length);
    }

    // Null if another kind of request may say more.
    private async Task<BlobState?> AskAsync(
        RegistryRequest request, Descriptor blob, RequestContext context, CancellationToken cancellationToken)
    {
        bool isHead = request.Method == HttpMethod.Head;
        try
        {
            RegistryResponse response =
                await sender.SendAsync(request, context, cancellationToken).ConfigureAwait(false);
            if (AnnouncesOther(blob.Digest, response))
            {
                if (isHead) return null;
                string other = RegistryErrorText.Clean(response.DigestHeader!);
                throw Unexpected(response, $"its Docker-Content-Digest is {other}");
            }

            if (blob.Size == Descriptor.UnknownSize || response.Size == blob.Size) return BlobState.Present;
            if (isHead || response.Size is null) return null;
            return DisguiseOf(response) is { } disguise
                ? throw Unexpected(response, disguise)
                : BlobState.OtherSize(response.Size.Value, blob.Size);
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

    // A digest of another algorithm may belong to the same blob.
    private static bool AnnouncesOther(Digest digest, RegistryResponse response) =>
        Digest.TryParse(response.DigestHeader, out Digest? announced)
        && announced.Algorithm == digest.Algorithm
        && announced != digest;

    // The page of a proxy in front of the registry says nothing about the blob, nor do bytes that somebody compressed.
    private static string? DisguiseOf(RegistryResponse response) =>
        ManifestReader.WithoutParameters(response.ContentType) == "text/html" ? "an HTML page"
            : response.ContentEncoding is null ? null
            : $"the content is not that of the digest{response.EncodingClause}";

    private static RegistryRequest Request(HttpMethod method, ImageReference image, Descriptor blob) =>
        new(method, image.Registry, image.Repository, $"blobs/{blob.Digest}", MaximumSize: null);

    private static RegistryException Unexpected(RegistryResponse response, string clause) =>
        new(RegistryFault.UnexpectedResponse, response.Request.Explain(clause)) { StatusCode = HttpStatusCode.OK };

    private static RegistryException Unexpected(RegistryRequest request, string clause) =>
        new(RegistryFault.UnexpectedResponse, $"{request.Host}: {request.Method} {request.FullPath}: {clause}");
}
