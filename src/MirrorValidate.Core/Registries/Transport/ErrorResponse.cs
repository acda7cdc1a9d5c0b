using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using MirrorValidate.Registries.Transport.Proxies;

namespace MirrorValidate.Registries.Transport;

/// <summary>Reads responses that are no success.</summary>
internal static partial class ErrorResponse
{
    /// <summary>Reads a response, and pauses requests to the host for as long as it asks.</summary>
    /// <param name="response">The response, its body not yet read.</param>
    /// <param name="state">The request.</param>
    /// <param name="options">Limits and delays.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The fault that the response stands for; the message is a clause.</returns>
    internal static async Task<RegistryException> ReadAsync(
        FinalResponse response, RequestState state, RegistryOptions options, CancellationToken cancellationToken)
    {
        HttpResponseMessage message = response.Message;
        (RegistryFault fault, bool isTransient) = FaultTranslator.FromStatus(message.StatusCode);
        int limit = options.Limits.ErrorSize;
        byte[] body = await BodyReader.ReadStartAsync(message.Content, limit, cancellationToken).ConfigureAwait(false);
        (string? code, string text) = RegistryErrorText.Read(body, MediaTypeOf(message), state.Context.Redact);
        bool isUnacceptable = state.Request.IsManifest && IsAboutForm(message.StatusCode, text);
        if (isUnacceptable) fault = RegistryFault.UnexpectedResponse;
        string from = "";
        if (response.IsForeign)
        {
            from = $" from {response.Endpoint.Authority}, which the registry redirected to";
            // Object storage that refuses a signed URL repeats parts of the signature in its own words.
            text = "";
            if (code is not null && !RegistryCode().IsMatch(code)) code = null;
            // A missing page on another host says nothing about a manifest. A blob is kept on that host, so there 404
            // does mean missing.
            if (fault == RegistryFault.NotFound && code is null && state.Request.IsManifest)
                fault = RegistryFault.UnexpectedResponse;
        }

        string clause = FaultTranslator.Describe(message.StatusCode, code, text) + from;
        if (state.Proxy is not null && ProxyAnswer.IsOwn(message, body))
        {
            // The registry was not asked.
            fault = RegistryFault.Unavailable;
            isTransient = (int)message.StatusCode is 408 or >= 500;
            clause = FaultTranslator.DescribeOfProxy(message.StatusCode, text);
        }

        TimeSpan? wait = FaultTranslator.RetryAfter(message.Headers);
        bool awaitsPulls = fault == RegistryFault.RateLimited && AwaitPulls(response.Endpoint, wait);
        // A rate limit without Retry-After: a pause that doubles with each attempt.
        if (fault == RegistryFault.RateLimited)
            wait ??= options.RetryDelay * (5 * Math.Pow(2, Math.Clamp(state.Attempts - 1, 0, 6)));
        if (!awaitsPulls && isTransient && wait is { } time)
        {
            response.Endpoint.Pause.Extend(time);
            if (!response.Endpoint.Pause.EndsWithin(state.Context.TimeLeft))
            {
                isTransient = false;
                clause += $" (asks to wait {Seconds.Of(time)}, longer than the time left for the image)";
            }
        }

        return new RegistryException(fault, clause)
        {
            StatusCode = message.StatusCode,
            ErrorCode = code,
            IsTransient = isTransient,
            AwaitsPulls = awaitsPulls,
            IsUnacceptable = isUnacceptable,
            IsRegistryError = RegistryErrorText.IsRegistryError(body),
        };
    }

    // Pauses until pulls may have been renewed. If they are not within the window that the host states, give up.
    private static bool AwaitPulls(RegistryEndpoint endpoint, TimeSpan? wait)
    {
        if (endpoint.Pulls.TimeToRenewal is not { } left || left <= TimeSpan.Zero) return false;
        TimeSpan time = wait ?? endpoint.Pulls.Interval;
        endpoint.PullPause.Extend(time < left ? time : left);
        return true;
    }

    private static string MediaTypeOf(HttpResponseMessage message) =>
        message.Content.Headers.NonValidated.TryGetValues("Content-Type", out HeaderStringValues values)
            ? values.ToString()
            : "";

    // Registries answer 404, some 400, where they have a manifest whose media type they take for one that the client
    // does not accept: "OCI index found, but accept header does not support OCI indexes" (distribution 2.8,
    // registry/handlers/manifests.go), "Schema 1 manifest not supported" (GitLab), "has media type '…', but client
    // accepts '…'" (Google).
    private static bool IsAboutForm(HttpStatusCode status, string text) =>
        (int)status is 400 or 404 or 406 or 415 && FormWords().IsMatch(text);

    [GeneratedRegex(
        @"(manifest|index|schema|media ?type).*\b(accepts?|accepted|acceptable|supported|supports?|unsupported)\b"
        + @"|\bunsupported\b.*(manifest|schema|media ?type)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FormWords();

    // The form of the codes of registries (MANIFEST_UNKNOWN), which those of object storage (AccessDenied, NoSuchKey)
    // do not have.
    [GeneratedRegex(@"\A[A-Z][A-Z_]{2,39}\z", RegexOptions.CultureInvariant)]
    private static partial Regex RegistryCode();
}
