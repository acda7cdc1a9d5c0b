using System.Diagnostics;
using System.Net;
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
    /// <param name="registry">The registry's endpoint.</param>
    /// <param name="uri">What to ask it.</param>
    /// <param name="authorization">What proves to it who asks.</param>
    /// <param name="state">The request.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="RegistryException">No answer, or a redirect that may not be followed.</exception>
    internal async Task<FinalResponse> SendAsync(
        RegistryEndpoint registry, Uri uri, AuthenticationHeaderValue? authorization, RequestState state, CancellationToken cancellationToken)
    {
        Uri target = uri;
        for (int hop = 0; ; hop++)
        {
            bool isForeign = !SameOrigin(uri, target);
            RegistryEndpoint endpoint = isForeign ? endpoints.Get(target, namedBy: registry) : registry;
            await endpoint.Pause.WaitAsync(state, cancellationToken).ConfigureAwait(false);
            using HttpRequestMessage message = CreateMessage(state.Request, target);
            if (!isForeign) message.Headers.Authorization = authorization;
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

            Note(response, message, started, endpoint, state.Context);
            if (!IsRedirect(response.StatusCode)) return new FinalResponse(response, endpoint, isForeign);
            using (response) target = Next(response, registry, target, hop, state.Context);
        }
    }

    private static void Note(HttpResponseMessage response, HttpRequestMessage message, long started, RegistryEndpoint endpoint, RequestContext context)
    {
        context.Log(LogLevel.Debug, () =>
            $"{message.Method} {WithoutQuery(message.RequestUri!)}: {(int)response.StatusCode} in {Stopwatch.GetElapsedTime(started).TotalMilliseconds:F0} ms");
        endpoint.Pulls.Note(response.Headers, endpoint.Host.Name, context);
    }

    private static HttpRequestMessage CreateMessage(RegistryRequest request, Uri target)
    {
        var message = new HttpRequestMessage(request.Method, target);
        if (target.Scheme == Uri.UriSchemeHttps)
        {
            message.Version = HttpVersion.Version20;
            message.VersionPolicy = HttpVersionPolicy.RequestVersionOrLower;
        }

        message.Headers.TryAddWithoutValidation("User-Agent", "MirrorValidate");
        if (request.Accept is not null) message.Headers.TryAddWithoutValidation("Accept", request.Accept);
        if (request.IsRanged) message.Headers.Range = new RangeHeaderValue(0, 0);
        return message;
    }

    private Uri Next(HttpResponseMessage response, RegistryEndpoint registry, Uri from, int hop, RequestContext context)
    {
        if (response.Headers.Location is not { } location)
            throw Unexpected($"{(int)response.StatusCode} without a Location");
        Uri to = location.IsAbsoluteUri ? location : new Uri(from, location);
        if (hop >= options.Limits.Redirects) throw Unexpected($"more than {options.Limits.Redirects} redirects");
        if (to.Scheme is not ("https" or "http") || to.UserInfo.Length > 0)
            throw Unexpected($"a redirect to {RegistryErrorText.Clean(to.Scheme)} or with user information was not followed");
        // A signed query is as good as a password, and the next host may repeat it.
        context.Hide(QueryValues(to));
        if (to.Scheme == "http" && !SameOrigin(from, to) && !endpoints.Get(to, namedBy: registry).MayBePlain)
            throw Unexpected($"a redirect to {RegistryErrorText.Clean(WithoutQuery(to))} was not followed: it is not HTTPS; -InsecureRegistry {to.Authority} would allow it");
        return to;
    }

    private static IEnumerable<string> QueryValues(Uri uri)
    {
        yield return uri.Query.TrimStart('?');
        foreach (string pair in uri.Query.TrimStart('?').Split('&'))
        {
            string value = pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..];
            // Short ones are versions, dates of a day, numbers of seconds: nothing that opens anything, and words of every message.
            if (value.Length < 16) continue;
            yield return value;
            yield return Uri.UnescapeDataString(value);
        }
    }

    private static bool IsRedirect(HttpStatusCode status) => (int)status is 301 or 302 or 303 or 307 or 308;

    private static RegistryException Unexpected(string clause) => new(RegistryFault.UnexpectedResponse, clause);

    private static bool SameOrigin(Uri one, Uri other) =>
        one.Scheme == other.Scheme && one.Authority.Equals(other.Authority, StringComparison.OrdinalIgnoreCase);

    // Signed URLs carry their secret in the query.
    private static string WithoutQuery(Uri uri) => uri.GetLeftPart(UriPartial.Path);
}
