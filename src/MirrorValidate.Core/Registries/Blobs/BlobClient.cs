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
    /// Checks that a blob exists and has the size in its descriptor. One request asks for its first byte, which proves
    /// that storage gives it: some registries answer HEAD from a cache. Where that is refused, or does not tell the
    /// size, the whole is asked for and its first byte read; where that does not tell the size either, HEAD tells it.
    /// Only a response to GET can make a blob missing or wrong.
    /// </summary>
    /// <exception cref="RegistryException">The registry gave no usable response.</exception>
    internal async Task<BlobState> FindAsync(
        ImageReference image, Descriptor blob, RequestContext context, CancellationToken cancellationToken)
    {
        RegistryRequest get = Request(HttpMethod.Get, image, blob) with { ReadsFirstByte = true };
        RegistryRequest head = Request(HttpMethod.Head, image, blob);
        return await AskAsync(get with { IsRanged = true }, blob, context, cancellationToken).ConfigureAwait(false)
            ?? await AskAsync(get, blob, context, cancellationToken).ConfigureAwait(false)
            ?? await AskAsync(head, blob, context, cancellationToken).ConfigureAwait(false)
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
            if (state.Problem == BlobProblem.None) return state;
            if (BlobPage.IsInPlaceOf(blob, response)) throw Unexpected(response, BlobPage.Describe(response));
            return UnlessEncoded(response, state);
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
        RegistryResponse response;
        try
        {
            response = await sender.SendAsync(request, context, cancellationToken).ConfigureAwait(false);
        }
        catch (RegistryException e) when (e.Fault == RegistryFault.NotFound && !isHead)
        {
            return BlobState.Missing(e);
        }
        catch (RegistryException e) when ((isHead || request.IsRanged) && RegistryClient.MayRefuseHeadOnly(e))
        {
            context.Log(LogLevel.Debug, () => $"asking in another way: {e.Message}");
            return null;
        }

        return isHead ? JudgeHead(blob, response) : JudgeFirstByte(blob, response);
    }

    // Asked for the size of what has given its first byte.
    private static BlobState? JudgeHead(Descriptor blob, RegistryResponse response) =>
        response.Size == blob.Size && !AnnouncesOther(blob.Digest, response) ? BlobState.Present : null;

    private static BlobState? JudgeFirstByte(Descriptor blob, RegistryResponse response)
    {
        if (AnnouncesOther(blob.Digest, response))
        {
            string other = RegistryErrorText.Clean(response.DigestHeader!);
            throw Unexpected(response, $"its Docker-Content-Digest is {other}");
        }

        if (BlobPage.IsInPlaceOf(blob, response)) throw Unexpected(response, BlobPage.Describe(response));
        bool isEmpty = response.Body.Length == 0;
        if (blob.Size == Descriptor.UnknownSize) return isEmpty ? null : BlobState.Present;
        if (response.Size == blob.Size) return BlobState.Present;
        if (response.Size is { } size) return UnlessEncoded(response, BlobState.OtherSize(size, blob.Size));
        return isEmpty && blob.Size == 0 ? BlobState.Present : null;
    }

    // Content that was compressed on the way says nothing about the blob.
    private static BlobState UnlessEncoded(RegistryResponse response, BlobState state) =>
        response.ContentEncoding is null
            ? state
            : throw Unexpected(response, $"the content is not that of the digest{response.EncodingClause}");

    // A digest of another algorithm may belong to the same blob.
    private static bool AnnouncesOther(Digest digest, RegistryResponse response) =>
        Digest.TryParse(response.DigestHeader, out Digest? announced)
        && announced.Algorithm == digest.Algorithm
        && announced != digest;

    private static RegistryRequest Request(HttpMethod method, ImageReference image, Descriptor blob) =>
        new(method, image.Registry, image.Repository, $"blobs/{blob.Digest}", MaximumSize: null);

    private static RegistryException Unexpected(RegistryResponse response, string clause) =>
        new(RegistryFault.UnexpectedResponse, response.Request.Explain(clause)) { StatusCode = HttpStatusCode.OK };

    private static RegistryException Unexpected(RegistryRequest request, string clause) =>
        new(RegistryFault.UnexpectedResponse, $"{request.Host}: {request.Method} {request.FullPath}: {clause}");
}
