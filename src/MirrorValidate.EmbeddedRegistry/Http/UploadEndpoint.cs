using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace MirrorValidate.Embedded;

/// <summary>
/// <c>/v2/NAME/blobs/uploads/</c> and the uploads that it starts: POST (also monolithic and mount), PATCH, PUT, GET,
/// DELETE (distribution-spec, "Pushing Blobs").
/// </summary>
internal sealed class UploadEndpoint(RegistryStore store)
{
    private readonly ConcurrentDictionary<string, Upload> _uploads = new(StringComparer.Ordinal);

    public Task HandleAsync(HttpContext context, RegistryRoute route)
    {
        var method = context.Request.Method;
        if (!RegistryRoute.IsRepositoryName(route.Repository))
        {
            return RegistryResponse.WriteNotFoundAsync(context);
        }

        if (route.Kind == RouteKind.Uploads)
        {
            return HttpMethods.IsPost(method)
                ? PostAsync(context, route.Repository)
                : RegistryResponse.WriteMethodNotAllowedAsync(context, "POST");
        }

        if (!_uploads.TryGetValue(route.Reference, out var upload) || upload.Repository != route.Repository)
        {
            return RegistryResponse.WriteErrorAsync(context, RegistryError.UploadUnknown());
        }

        return HttpMethods.IsPatch(method) ? PatchAsync(context, upload)
            : HttpMethods.IsPut(method) ? PutAsync(context, upload)
            : HttpMethods.IsGet(method) ? WriteStatusAsync(context, upload, StatusCodes.Status204NoContent)
            : HttpMethods.IsDelete(method) ? CancelAsync(context, upload)
            : RegistryResponse.WriteMethodNotAllowedAsync(context, "DELETE, GET, PATCH, PUT");
    }

    private async Task PostAsync(HttpContext context, string repository)
    {
        var query = context.Request.Query;
        var mounted = query["mount"].ToString();
        if (mounted.Length > 0 && store.MountBlob(query["from"].ToString(), mounted, repository))
        {
            WriteCreated(context, repository, mounted);
            return;
        }

        var upload = new Upload(Guid.NewGuid().ToString(), repository);
        _uploads[upload.Id] = upload;
        if (query["digest"].ToString().Length > 0)
        {
            await PutAsync(context, upload);
            return;
        }

        await WriteStatusAsync(context, upload, StatusCodes.Status202Accepted);
    }

    private static async Task PatchAsync(HttpContext context, Upload upload)
    {
        if (ContentRangeHeaderValue.TryParse(FullRange(context.Request), out var range) && range.From != upload.Length)
        {
            await WriteStatusAsync(context, upload, StatusCodes.Status416RangeNotSatisfiable);
            return;
        }

        await upload.AppendAsync(context.Request.Body, context.RequestAborted);
        await WriteStatusAsync(context, upload, StatusCodes.Status202Accepted);
    }

    private async Task PutAsync(HttpContext context, Upload upload)
    {
        await upload.AppendAsync(context.Request.Body, context.RequestAborted);
        var digest = context.Request.Query["digest"].ToString();
        var content = upload.ToArray();
        _uploads.TryRemove(upload.Id, out _);
        if (!ContentDigest.Matches(digest, content))
        {
            await RegistryResponse.WriteErrorAsync(context, RegistryError.DigestInvalid());
            return;
        }

        store.PutBlob(upload.Repository, content, digest);
        WriteCreated(context, upload.Repository, digest);
    }

    private Task CancelAsync(HttpContext context, Upload upload)
    {
        _uploads.TryRemove(upload.Id, out _);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static void WriteCreated(HttpContext context, string repository, string digest)
    {
        var response = context.Response;
        response.StatusCode = StatusCodes.Status201Created;
        response.Headers.Location = $"{context.Request.Scheme}://{context.Request.Host}/v2/{repository}/blobs/{digest}";
        response.Headers[RegistryResponse.DigestHeader] = digest;
        response.ContentLength = 0;
    }

    private static Task WriteStatusAsync(HttpContext context, Upload upload, int status)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.Headers.Location =
            $"{context.Request.Scheme}://{context.Request.Host}/v2/{upload.Repository}/blobs/uploads/{upload.Id}";
        response.Headers["Docker-Upload-UUID"] = upload.Id;

        // The position of the last byte. An empty upload also has 0-0, as with CNCF Distribution.
        response.Headers.Range = string.Create(CultureInfo.InvariantCulture, $"0-{Math.Max(0, upload.Length - 1)}");
        if (status != StatusCodes.Status204NoContent)
        {
            response.ContentLength = 0;
        }

        return Task.CompletedTask;
    }

    /// <summary>
    /// Adds the unit and total that HTTP requires: the distribution-spec has <c>Content-Range: 0-99</c>.
    /// </summary>
    private static string FullRange(HttpRequest request)
    {
        var text = request.Headers.ContentRange.ToString();
        return text.Length == 0 || text.StartsWith("bytes", StringComparison.Ordinal) ? text : $"bytes {text}/*";
    }

    private sealed class Upload(string id, string repository)
    {
        private readonly ArrayBufferWriter<byte> _content = new();
        private readonly object _lock = new();

        public string Id { get; } = id;

        public string Repository { get; } = repository;

        public int Length
        {
            get
            {
                lock (_lock)
                {
                    return _content.WrittenCount;
                }
            }
        }

        public async Task AppendAsync(Stream body, CancellationToken ct)
        {
            var chunk = new byte[64 * 1024];
            int read;
            while ((read = await body.ReadAsync(chunk, ct)) > 0)
            {
                lock (_lock)
                {
                    _content.Write(chunk.AsSpan(0, read));
                }
            }
        }

        public byte[] ToArray()
        {
            lock (_lock)
            {
                return _content.WrittenSpan.ToArray();
            }
        }
    }
}
