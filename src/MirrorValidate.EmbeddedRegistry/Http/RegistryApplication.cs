using Microsoft.AspNetCore.Http;

namespace MirrorValidate.Embedded;

/// <summary>Handles a request: journal, latency, faults, authentication, endpoint.</summary>
internal sealed class RegistryApplication
{
    private readonly EmbeddedRegistry _registry;
    private readonly EmbeddedRegistryOptions _options;
    private readonly string _baseAddress;
    private readonly ManifestEndpoint _manifests;
    private readonly BlobEndpoint _blobs;
    private readonly UploadEndpoint _uploads;
    private readonly ListingEndpoint _listings;
    private readonly ReferrersEndpoint _referrers;

    public RegistryApplication(EmbeddedRegistry registry)
    {
        _registry = registry;
        _options = registry.Options;
        _baseAddress = registry.Options.ServerCertificate is null ? "http://" : "https://";
        _manifests = new ManifestEndpoint(registry.Store, _options);
        _blobs = new BlobEndpoint(registry.Store, _options);
        _uploads = new UploadEndpoint(registry.Store);
        _listings = new ListingEndpoint(registry.Store, _options);
        _referrers = new ReferrersEndpoint(registry.Store, _options);
    }

    public async Task HandleAsync(HttpContext context)
    {
        var journal = _registry.Requests;
        var recorded = journal.Begin(context, TimeProvider.System.GetUtcNow());
        try
        {
            if (_options.Latency > TimeSpan.Zero)
            {
                await Task.Delay(_options.Latency, context.RequestAborted);
            }

            var fault = _registry.Faults.Match(context, IsAuthorized);
            await (fault is null ? RespondAsync(context) : FaultInjector.ApplyAsync(context, fault, RespondAsync));
        }
        catch (OperationCanceledException)
        {
            // The client has disconnected, or a fault resets the connection: there is no answer.
            recorded?.Abandon();
            context.Abort();
        }
        finally
        {
            journal.End();
        }
    }

    private Task RespondAsync(HttpContext context)
    {
        var route = RegistryRoute.Parse(context.Request.Path.Value ?? "/", BearerAuthentication.TokenPath);
        if (route.Kind == RouteKind.Token)
        {
            return _options.Authentication is BearerAuthentication bearer
                ? TokenEndpoint.HandleAsync(context, bearer)
                : RegistryResponse.WriteNotFoundAsync(context);
        }

        context.Response.Headers["Docker-Distribution-Api-Version"] = "registry/2.0";
        if (Challenge(context, route) is { } challenge)
        {
            context.Response.Headers.WWWAuthenticate = challenge;
            return RegistryResponse.WriteErrorAsync(context, RegistryError.Unauthorized(null));
        }

        return route.Kind switch
        {
            RouteKind.Base => WriteBaseAsync(context),
            RouteKind.Manifest => _manifests.HandleAsync(context, route),
            RouteKind.Blob => _blobs.HandleAsync(context, route),
            RouteKind.Uploads or RouteKind.Upload => _uploads.HandleAsync(context, route),
            RouteKind.Tags or RouteKind.Catalog => _listings.HandleAsync(context, route),
            RouteKind.Referrers when _options.Referrers => _referrers.HandleAsync(context, route),
            _ => RegistryResponse.WriteNotFoundAsync(context),
        };
    }

    private bool IsAuthorized(HttpContext context) =>
        Challenge(context, RegistryRoute.Parse(context.Request.Path.Value ?? "/", BearerAuthentication.TokenPath))
            is null;

    private string? Challenge(HttpContext context, RegistryRoute route) =>
        _options.Authentication?.Challenge(context, route, _baseAddress + context.Request.Host.Value);

    private static Task WriteBaseAsync(HttpContext context)
    {
        context.Response.ContentType = RegistryResponse.JsonContentType;
        return RegistryResponse.WriteBytesAsync(context, "{}"u8.ToArray());
    }
}
