using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using MirrorValidate.Logging;

namespace MirrorValidate.Registries.Transport;

/// <summary>
/// Sends a request and follows its redirects. The authorization is sent only to the registry's own scheme, host and
/// port (CVE-2020-15157, GHSA-jxpm-75mh-9fp7). A redirect to another origin over plain HTTP is followed only to a host
/// that may use it.
/// </summary>
/// <param name="endpoints">The endpoints of the run.</param>
/// <param name="options">The maximum number of redirects.</param>
internal sealed class RedirectFollower(EndpointPool endpoints, RegistryOptions options)
{
    /// <summary>Sends a request.</summary>
    /// <param name="registry">The endpoint of the registry.</param>
    /// <param name="uri">The URL of the request.</param>
    /// <param name="authorization">The <c>Authorization</c> header, if any.</param>
    /// <param name="state">The request.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="RegistryException">No response, or a redirect that must not be followed.</exception>
    internal async Task<FinalResponse> SendAsync(
        RegistryEndpoint registry,
        Uri uri,
        AuthenticationHeaderValue? authorization,
        RequestState state,
        CancellationToken cancellationToken)
    {
        Uri target = uri;
        for (int hop = 0; ; hop++)
        {
            bool isForeign = !SameOrigin(uri, target);
            RegistryEndpoint endpoint = isForeign ? endpoints.Get(target, namedBy: registry) : registry;
            await endpoint.WaitAsync(state, cancellationToken).ConfigureAwait(false);
            using HttpRequestMessage message = CreateMessage(state.Request, target);
            if (!isForeign) message.Headers.Authorization = authorization;
            state.Proxy = endpoint.ProxyOf(target);
            state.Context.CountRequest();
            long started = Stopwatch.GetTimestamp();
            HttpResponseMessage response;
            try
            {
                response = await endpoint.SendAsync(message, cancellationToken).ConfigureAwait(false);
            }
            catch (RegistryException e) when (isForeign)
            {
                throw e.Saying($"{endpoint.Authority}, which the registry redirected to: {e.Message}");
            }

            Log(response, message, started, state.Context);
            endpoint.Pulls.Note(response.Headers, endpoint.Host.Name, state.Context);
            if (!IsRedirect(response.StatusCode))
                return new FinalResponse(response, endpoint, target, isForeign);
            using (response) target = Next(response, registry, target, hop, state.Context);
        }
    }

    private static void Log(
        HttpResponseMessage response, HttpRequestMessage message, long started, RequestContext context) =>
        context.Log(LogLevel.Debug, () =>
        {
            double time = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            return $"{message.Method} {WithoutQuery(message.RequestUri!)}: {(int)response.StatusCode} in {time:F0} ms";
        });

    private static HttpRequestMessage CreateMessage(RegistryRequest request, Uri target)
    {
        var message = new HttpRequestMessage(request.Method, target);
        if (target.Scheme == Uri.UriSchemeHttps)
        {
            message.Version = HttpVersion.Version20;
            message.VersionPolicy = HttpVersionPolicy.RequestVersionOrLower;
        }

        message.Headers.TryAddWithoutValidation("User-Agent", "MirrorValidate");
        // Digests are over the bytes as they are stored.
        message.Headers.TryAddWithoutValidation("Accept-Encoding", "identity");
        if (request.Accept is not null) message.Headers.TryAddWithoutValidation("Accept", request.Accept);
        if (request.IsRanged) message.Headers.Range = new RangeHeaderValue(0, 0);
        return message;
    }

    private Uri Next(HttpResponseMessage response, RegistryEndpoint registry, Uri from, int hop, RequestContext context)
    {
        if (response.Headers.Location is not { } location)
            throw Unexpected($"{(int)response.StatusCode} without a Location");
        var to = new Uri(from, location);
        if (hop >= options.Limits.Redirects) throw Unexpected($"more than {options.Limits.Redirects} redirects");
        if (to.Scheme is not ("https" or "http") || to.UserInfo.Length > 0)
        {
            string scheme = RegistryErrorText.Clean(to.Scheme);
            throw Unexpected($"a redirect to {scheme} or with user information was not followed");
        }

        // A signed query is a secret, and the next host may repeat it in an error.
        context.Hide(QueryValues(to));
        if (to.Scheme == "http" && !SameOrigin(from, to) && !endpoints.Get(to, namedBy: registry).MayBePlain)
        {
            string allowed = $"-InsecureRegistry {to.Authority} would allow it";
            string shown = RegistryErrorText.Clean(WithoutQuery(to));
            throw Unexpected($"a redirect to {shown} was not followed: it is not HTTPS; {allowed}");
        }

        return to;
    }

    /// <summary>What may be secret in the query of a redirect.</summary>
    internal static IEnumerable<string> QueryValues(Uri uri)
    {
        yield return uri.Query.TrimStart('?');
        foreach (string pair in uri.Query.TrimStart('?').Split('&'))
        {
            string value = pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..];
            // Shorter values are versions, dates or lifetimes: no secrets, and frequent in messages.
            if (value.Length < 16) continue;
            yield return value;
            yield return Uri.UnescapeDataString(value);
        }
    }

    internal static bool IsRedirect(HttpStatusCode status) => (int)status is 301 or 302 or 303 or 307 or 308;

    private static RegistryException Unexpected(string clause) => new(RegistryFault.UnexpectedResponse, clause);

    internal static bool SameOrigin(Uri one, Uri other) =>
        one.Scheme == other.Scheme && one.Authority.Equals(other.Authority, StringComparison.OrdinalIgnoreCase);

    // The query may hold a signature.
    private static string WithoutQuery(Uri uri) => uri.GetLeftPart(UriPartial.Path);
}
