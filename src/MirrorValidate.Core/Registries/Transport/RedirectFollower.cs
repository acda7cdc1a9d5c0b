using System.Diagnostics;
using System.Net.Http.Headers;
using MirrorValidate.Logging;

namespace MirrorValidate.Registries.Transport;

/// <summary>
/// Sends a request and follows its redirects hop by hop. The authorization goes to the registry's own scheme, host and port and
/// nowhere else (CVE-2020-15157, GHSA-jxpm-75mh-9fp7); what a redirect leads to is never asked over a weaker scheme.
/// </summary>
internal sealed class RedirectFollower(EndpointPool endpoints, RegistryOptions options)
{
    /// <summary>Sends a request.</summary>
    /// <returns>The answer that is no redirect, and whether it came from another host than the one first asked.</returns>
    internal async Task<(HttpResponseMessage Response, bool IsForeign)> SendAsync(
        RegistryRequest request, RegistryEndpoint registry, Uri uri, AuthenticationHeaderValue? authorization, RequestContext context, CancellationToken cancellationToken)
    {
        Uri target = uri;
        for (int hop = 0; ; hop++)
        {
            bool isForeign = !SameOrigin(uri, target);
            RegistryEndpoint endpoint = isForeign ? endpoints.Get(target, namedBy: registry) : registry;
            using var message = new HttpRequestMessage(request.Method, target);
            if (target.Scheme == Uri.UriSchemeHttps)
            {
                message.Version = System.Net.HttpVersion.Version20;
                message.VersionPolicy = HttpVersionPolicy.RequestVersionOrLower;
            }

            message.Headers.TryAddWithoutValidation("User-Agent", "MirrorValidate");
            if (request.Accept is not null) message.Headers.TryAddWithoutValidation("Accept", request.Accept);
            if (!isForeign) message.Headers.Authorization = authorization;
            context.CountRequest();
            long started = Stopwatch.GetTimestamp();
            HttpResponseMessage response = await endpoint.SendAsync(message, cancellationToken).ConfigureAwait(false);
            context.Log(LogLevel.Debug, () =>
                $"{request.Method} {WithoutQuery(target)}: {(int)response.StatusCode} in {Stopwatch.GetElapsedTime(started).TotalMilliseconds:F0} ms");
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308)) return (response, isForeign);
            using (response) target = Next(response, registry, target, hop);
        }
    }

    private Uri Next(HttpResponseMessage response, RegistryEndpoint registry, Uri from, int hop)
    {
        if (response.Headers.Location is not { } location)
            throw Unexpected($"{(int)response.StatusCode} without a Location");
        Uri to = location.IsAbsoluteUri ? location : new Uri(from, location);
        if (hop >= options.Limits.Redirects) throw Unexpected($"more than {options.Limits.Redirects} redirects");
        if (to.Scheme is not ("https" or "http") || to.UserInfo.Length > 0)
            throw Unexpected($"a redirect to {RegistryErrorText.Clean(to.Scheme)} or with user information was not followed");
        if (to.Scheme == "http" && !SameOrigin(from, to) && !endpoints.Get(to, namedBy: registry).MayBePlain)
            throw Unexpected($"a redirect to {WithoutQuery(to)} was not followed: it is not HTTPS; -InsecureRegistry {to.Authority} would allow it");
        return to;
    }

    private static RegistryException Unexpected(string clause) => new(RegistryFault.UnexpectedResponse, clause);

    private static bool SameOrigin(Uri one, Uri other) =>
        one.Scheme == other.Scheme && one.Authority.Equals(other.Authority, StringComparison.OrdinalIgnoreCase);

    // Signed URLs carry their secret in the query.
    private static string WithoutQuery(Uri uri) => uri.GetLeftPart(UriPartial.Path);
}
