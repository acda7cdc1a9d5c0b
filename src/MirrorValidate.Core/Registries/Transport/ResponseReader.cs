using System.Net;
using System.Net.Http.Headers;
using MirrorValidate.Manifests;

namespace MirrorValidate.Registries.Transport;

/// <summary>Reads good responses.</summary>
internal static class ResponseReader
{
    /// <summary>
    /// Whether a response is what was asked for. An empty blob has no first byte (RFC 9110, section 15.5.17); the
    /// refusal of that range states the size too.
    /// </summary>
    internal static bool IsGood(HttpResponseMessage response, RegistryRequest request) => response.StatusCode switch
    {
        HttpStatusCode.OK => true,
        HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable =>
            request.IsRanged && response.Content.Headers.ContentRange is { Unit: "bytes" },
        _ => false,
    };

    /// <summary>Reads a response; its body is kept, hashed or left unread, as the request says.</summary>
    /// <exception cref="RegistryException">The body is too large, or broke off.</exception>
    /// <remarks>What is kept is JSON: manifests, configs, lists of referrers.</remarks>
    internal static async Task<RegistryResponse> ReadAsync(
        FinalResponse response, RequestState state, CancellationToken cancellationToken)
    {
        HttpResponseMessage message = response.Message;
        RegistryRequest request = state.Request;
        long? size = SizeOf(message);
        byte[] body = [];
        BodyHash? hash = null;
        if (request.HashedBlob is { } blob)
        {
            if (size is null || size == blob.Size || blob.Size == Descriptor.UnknownSize)
                hash = await BodyHasher.HashAsync(message, blob, state, cancellationToken).ConfigureAwait(false);
        }
        else if (request.ReadsFirstByte)
        {
            if (size != 0 && message.StatusCode != HttpStatusCode.RequestedRangeNotSatisfiable)
                body = await FirstByte.ReadAsync(message, size is not null, cancellationToken).ConfigureAwait(false);
        }
        else if (request.Method != HttpMethod.Head && request.MaximumSize is { } limit)
        {
            SemaphoreSlim large = response.Endpoint.LargeBodies;
            body = await BodyReader.ReadAsync(message.Content, limit, large, cancellationToken).ConfigureAwait(false)
                ?? throw BodyReader.TooLarge(limit);
            if (UnmarkedEnd.Has(message) && UnmarkedEnd.IsCutOff(body)) throw FaultTranslator.Incomplete();
        }

        HttpHeadersNonValidated headers = message.Headers.NonValidated;
        message.Content.Headers.NonValidated.TryGetValues("Content-Type", out HeaderStringValues types);
        headers.TryGetValues("Docker-Content-Digest", out HeaderStringValues digests);
        headers.TryGetValues("Link", out HeaderStringValues links);
        return new RegistryResponse(
            state,
            types.Count > 0 ? RegistryErrorText.Clean(types.First()) : null,
            digests.Count > 0 ? string.Join(", ", digests.Distinct()) : null,
            body)
        {
            ContentEncoding = EncodingOf(message.Content.Headers.NonValidated),
            Hash = hash,
            Size = size,
            Links = links.Count > 0 ? [.. links] : [],
        };
    }

    private static string? EncodingOf(HttpHeadersNonValidated headers)
    {
        headers.TryGetValues("Content-Encoding", out HeaderStringValues values);
        string encoding = RegistryErrorText.Clean(string.Join(", ", values));
        bool isNone = encoding.Length == 0 || encoding.Equals("identity", StringComparison.OrdinalIgnoreCase);
        return isNone ? null : encoding;
    }

    private static long? SizeOf(HttpResponseMessage response)
    {
        HttpContentHeaders headers = response.Content.Headers;
        // What has a first byte and refuses it has not told its size by that.
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
            return headers.ContentRange?.Length is 0 ? 0 : null;
        if (response.StatusCode != HttpStatusCode.OK) return headers.ContentRange?.Length;
        // ContentLength is computed from an empty body where the header is absent.
        return headers.NonValidated.Contains("Content-Length") ? headers.ContentLength : null;
    }
}
