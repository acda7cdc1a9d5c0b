using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace MirrorValidate.Embedded;

/// <summary><c>/v2/NAME/manifests/REFERENCE</c>: GET, HEAD, PUT, DELETE.</summary>
internal sealed class ManifestEndpoint(RegistryStore store, EmbeddedRegistryOptions options)
{
    private const long MaximumPush = 64 * 1024 * 1024;

    public Task HandleAsync(HttpContext context, RegistryRoute route)
    {
        var method = context.Request.Method;
        return HttpMethods.IsGet(method) || HttpMethods.IsHead(method) ? ReadAsync(context, route)
            : HttpMethods.IsPut(method) ? PutAsync(context, route)
            : HttpMethods.IsDelete(method) ? DeleteAsync(context, route)
            : RegistryResponse.WriteMethodNotAllowedAsync(context, "DELETE, GET, HEAD, PUT");
    }

    private Task ReadAsync(HttpContext context, RegistryRoute route)
    {
        var response = context.Response;
        var isHead = HttpMethods.IsHead(context.Request.Method);
        if (isHead && options.RefuseHead is { } refusal)
        {
            return RegistryResponse.WriteErrorAsync(context, RegistryError.ForStatus(refusal));
        }

        if (options.PullRateLimit is { } limit && !WithinLimit(response, limit, counts: !isHead))
        {
            return RegistryResponse.WriteErrorAsync(context, RegistryError.TooManyRequests());
        }

        if (!store.TryGetManifest(route.Repository, route.Reference, out var manifest)
            || (options.HonourAccept && !IsAccepted(context.Request, manifest.MediaType)))
        {
            return store.Contains(route.Repository) || RegistryRoute.IsRepositoryName(route.Repository)
                ? RegistryResponse.WriteErrorAsync(
                    context, RegistryError.ManifestUnknown(route.Repository, route.Reference))
                : RegistryResponse.WriteNotFoundAsync(context);
        }

        if (!options.OmitContentDigest)
        {
            response.Headers[RegistryResponse.DigestHeader] = manifest.Digest;
            response.Headers.ETag = manifest.ETag;
            if (context.Request.Headers.IfNoneMatch.Contains(manifest.ETag))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return Task.CompletedTask;
            }
        }

        response.ContentType = manifest.MediaType;
        return RegistryResponse.WriteBytesAsync(context, manifest.Content);
    }

    private async Task PutAsync(HttpContext context, RegistryRoute route)
    {
        var byDigest = route.Reference.Contains(':', StringComparison.Ordinal);
        if (!RegistryRoute.IsRepositoryName(route.Repository) || !(byDigest || RegistryRoute.IsTag(route.Reference)))
        {
            await RegistryResponse.WriteNotFoundAsync(context);
            return;
        }

        var content = await RequestBody.ReadAsync(context, MaximumPush);
        if (content is null)
        {
            await RegistryResponse.WriteErrorAsync(context, RegistryError.ManifestInvalid("too large"));
            return;
        }

        var pushed = PushedManifest.Read(content, MediaType(context.Request));
        if (pushed.Fault is { } fault)
        {
            await RegistryResponse.WriteErrorAsync(context, RegistryError.ManifestInvalid(fault));
            return;
        }

        var digest = RegistryStore.ManifestDigest(pushed.MediaType, content);
        if (byDigest && digest != route.Reference)
        {
            if (!ContentDigest.Matches(route.Reference, content))
            {
                await RegistryResponse.WriteErrorAsync(context, RegistryError.DigestInvalid());
                return;
            }

            digest = route.Reference;
        }

        if (options.VerifyPushes && Missing(route.Repository, pushed) is { } missing)
        {
            await RegistryResponse.WriteErrorAsync(context, RegistryError.ManifestBlobUnknown(missing));
            return;
        }

        store.PutManifest(route.Repository, byDigest ? null : route.Reference, pushed.MediaType, content, digest);
        if (options.Referrers && ManifestSubject.TryRead(content) is { } subject)
        {
            context.Response.Headers["OCI-Subject"] = subject.Digest;
        }

        context.Response.StatusCode = StatusCodes.Status201Created;
        context.Response.Headers.Location =
            $"{context.Request.Scheme}://{context.Request.Host}/v2/{route.Repository}/manifests/{digest}";
        context.Response.Headers[RegistryResponse.DigestHeader] = digest;
        context.Response.ContentLength = 0;
    }

    private Task DeleteAsync(HttpContext context, RegistryRoute route)
    {
        if (!options.AllowDelete)
        {
            return RegistryResponse.WriteErrorAsync(context, RegistryError.Unsupported());
        }

        if (!store.DeleteManifest(route.Repository, route.Reference))
        {
            return RegistryResponse.WriteErrorAsync(
                context, RegistryError.ManifestUnknown(route.Repository, route.Reference));
        }

        context.Response.StatusCode = StatusCodes.Status202Accepted;
        context.Response.ContentLength = 0;
        return Task.CompletedTask;
    }

    private string? Missing(string repository, PushedManifest pushed) =>
        pushed.Blobs.FirstOrDefault(digest => !store.TryGetBlob(repository, digest, out _))
        ?? pushed.Manifests.FirstOrDefault(digest => !store.TryGetManifest(repository, digest, out _));

    private static bool WithinLimit(HttpResponse response, PullRateLimit limit, bool counts)
    {
        var allowed = !counts || limit.TryTake();
        var window = $";w={(int)limit.Window.TotalSeconds}";
        response.Headers["RateLimit-Limit"] = limit.Limit + window;
        response.Headers["RateLimit-Remaining"] = limit.Remaining + window;
        if (!allowed && limit.RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds))
                .ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return allowed;
    }

    /// <summary>CNCF Distribution 2.8 requires each OCI type to be named; wildcards do not match.</summary>
    private static bool IsAccepted(HttpRequest request, string mediaType) =>
        mediaType is not (RegistryMediaTypes.OciIndex or RegistryMediaTypes.OciManifest)
        || request.Headers.Accept.Any(
            line => (line ?? "").Split(',').Any(range => range.Split(';')[0].Trim() == mediaType));

    private static string? MediaType(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var parsed) ? parsed.MediaType.Value : null;
}
