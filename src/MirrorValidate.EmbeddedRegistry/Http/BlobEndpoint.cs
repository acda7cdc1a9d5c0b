using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace MirrorValidate.Embedded;

/// <summary><c>/v2/NAME/blobs/DIGEST</c>: GET (with one Range), HEAD, DELETE.</summary>
internal sealed class BlobEndpoint(RegistryStore store, EmbeddedRegistryOptions options)
{
    public Task HandleAsync(HttpContext context, RegistryRoute route)
    {
        var method = context.Request.Method;
        if (HttpMethods.IsDelete(method))
        {
            return DeleteAsync(context, route);
        }

        if (!HttpMethods.IsGet(method) && !HttpMethods.IsHead(method))
        {
            return RegistryResponse.WriteMethodNotAllowedAsync(context, "DELETE, GET, HEAD");
        }

        if (HttpMethods.IsHead(method) && options.RefuseHead is { } refusal)
        {
            return RegistryResponse.WriteErrorAsync(context, RegistryError.ForStatus(refusal));
        }

        return ReadAsync(context, route);
    }

    private Task ReadAsync(HttpContext context, RegistryRoute route)
    {
        if (!store.TryGetBlob(route.Repository, route.Reference, out var blob))
        {
            return RegistryResponse.WriteErrorAsync(
                context,
                ContentDigest.IsWellFormed(route.Reference)
                    ? RegistryError.BlobUnknown(route.Reference)
                    : RegistryError.DigestInvalid());
        }

        var response = context.Response;
        response.ContentType = "application/octet-stream";
        response.Headers.AcceptRanges = "bytes";
        response.Headers.CacheControl = "max-age=31536000";
        if (!options.OmitContentDigest)
        {
            response.Headers[RegistryResponse.DigestHeader] = route.Reference;
            response.Headers.ETag = '"' + route.Reference + '"';
        }

        return Range(context.Request, blob.Length) switch
        {
            null => WriteAsync(context, blob, 0, blob.Length),
            (_, 0) => WriteNotSatisfiableAsync(context, blob.Length),
            var (start, length) => WritePartAsync(context, blob, start, length),
        };
    }

    private Task DeleteAsync(HttpContext context, RegistryRoute route)
    {
        if (!options.AllowDelete)
        {
            return RegistryResponse.WriteErrorAsync(context, RegistryError.Unsupported());
        }

        if (!store.DeleteBlob(route.Repository, route.Reference))
        {
            return RegistryResponse.WriteErrorAsync(context, RegistryError.BlobUnknown(route.Reference));
        }

        context.Response.StatusCode = StatusCodes.Status202Accepted;
        context.Response.ContentLength = 0;
        return Task.CompletedTask;
    }

    private static Task WritePartAsync(HttpContext context, StoredBlob blob, long start, long length)
    {
        context.Response.StatusCode = StatusCodes.Status206PartialContent;
        context.Response.Headers.ContentRange = string.Create(
            CultureInfo.InvariantCulture, $"bytes {start}-{start + length - 1}/{blob.Length}");
        return WriteAsync(context, blob, start, length);
    }

    private static async Task WriteAsync(HttpContext context, StoredBlob blob, long start, long length)
    {
        context.Response.ContentLength = length;
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        foreach (var piece in blob.Read(start, length))
        {
            await RegistryResponse.WritePieceAsync(context, piece);
        }
    }

    private static Task WriteNotSatisfiableAsync(HttpContext context, long total)
    {
        context.Response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
        context.Response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes */{total}");
        return RegistryResponse.WriteBytesAsync(context, default);
    }

    /// <summary>
    /// The requested range (RFC 9110, 14.1.2); null: the whole blob; length 0: not satisfiable. Several ranges are
    /// ignored.
    /// </summary>
    private static (long Start, long Length)? Range(HttpRequest request, long total)
    {
        if (!RangeHeaderValue.TryParse(request.Headers.Range.ToString(), out var header)
            || header.Unit != "bytes"
            || header.Ranges.Count != 1)
        {
            return null;
        }

        var range = header.Ranges.First();
        if (range.From is not { } from)
        {
            var suffix = Math.Min(range.To ?? 0, total);
            return (total - suffix, suffix);
        }

        return from >= total ? (0, 0) : (from, Math.Min(range.To ?? long.MaxValue, total - 1) - from + 1);
    }
}
