using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace MirrorValidate.Registries.Transport;

/// <summary>Reads an answer that is no success, and leaves the host alone for as long as it asks.</summary>
internal static partial class Refusal
{
    /// <summary>Reads an answer.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="state">The request.</param>
    /// <param name="options">Limits and delays.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>What the answer means; the message is a clause.</returns>
    internal static async Task<RegistryException> ReadAsync(
        Answer answer, RequestState state, RegistryOptions options, CancellationToken cancellationToken)
    {
        HttpResponseMessage response = answer.Response;
        (RegistryFault fault, bool isTransient) = FaultTranslator.FromStatus(response.StatusCode);
        byte[] body = await BodyReader.ReadStartAsync(response.Content, options.Limits.ErrorSize, cancellationToken).ConfigureAwait(false);
        (string? code, string text) = RegistryErrorText.Read(body, MediaTypeOf(response), state.Context.Redact);
        string from = "";
        if (answer.IsForeign)
        {
            from = $" from {answer.Endpoint.Authority}, which the registry redirected to";
            // Object storage that refuses a signed URL repeats parts of the signature, in words of its own.
            text = "";
            if (code is not null && !RegistryCode().IsMatch(code)) code = null;
            // That a page elsewhere is missing says nothing of the manifest; a lost blob is missing where blobs are kept.
            if (fault == RegistryFault.NotFound && code is null && state.Request.IsManifest) fault = RegistryFault.UnexpectedResponse;
        }

        string clause = FaultTranslator.Describe(response.StatusCode, code, text) + from;
        TimeSpan? wait = FaultTranslator.RetryAfter(response.Headers);
        // A registry that limits without a word of when is given longer each time, and by all requests together.
        if (fault == RegistryFault.RateLimited) wait ??= options.RetryDelay * (5 * Math.Pow(2, Math.Clamp(state.Attempts - 1, 0, 6)));
        if (isTransient && wait is { } time)
        {
            answer.Endpoint.Pause.Extend(time);
            if (!answer.Endpoint.Pause.EndsWithin(state.Context.TimeLeft))
            {
                isTransient = false;
                clause += $" (asks to wait {Seconds.Of(time)}, longer than the time left for the image)";
            }
        }

        return new RegistryException(fault, clause)
        {
            StatusCode = response.StatusCode,
            ErrorCode = code,
            IsTransient = isTransient,
            RetryAfter = wait,
        };
    }

    private static string MediaTypeOf(HttpResponseMessage response) =>
        response.Content.Headers.NonValidated.TryGetValues("Content-Type", out HeaderStringValues values) ? values.ToString() : "";

    // The codes of the distribution-spec and of Docker's registries look like this, storage's (AccessDenied, NoSuchKey) do not.
    [GeneratedRegex(@"\A[A-Z][A-Z_]{2,39}\z", RegexOptions.CultureInvariant)]
    private static partial Regex RegistryCode();
}
