using System.Net;
using System.Net.Http.Headers;
using MirrorValidate.Registries.Authentication;

namespace MirrorValidate.Registries.Transport;

/// <summary>One attempt at a request: asks, answers the challenge, reads what comes.</summary>
/// <param name="endpoints">The endpoints of the run.</param>
/// <param name="authenticator">Answers challenges.</param>
/// <param name="trials">Which credentials were refused.</param>
/// <param name="options">How registries are reached.</param>
internal sealed class RegistryExchange(EndpointPool endpoints, Authenticator authenticator, CredentialTrials trials, RegistryOptions options)
{
    private readonly RedirectFollower _redirects = new(endpoints, options);

    /// <summary>Makes the attempt: at most a request without authorization, one with a kept token, one with a new one.</summary>
    /// <exception cref="RegistryException">No success; the message is a clause.</exception>
    internal async Task<RegistryResponse> RunAsync(RegistryEndpoint endpoint, RequestState state, CancellationToken cancellationToken)
    {
        Uri baseAddress = await endpoint.GetBaseAddressAsync(cancellationToken).ConfigureAwait(false);
        RequestAuthorization? authorization = await authenticator.AuthorizeAsync(endpoint, baseAddress, state, cancellationToken).ConfigureAwait(false);
        while (true)
        {
            using Answer answer = await SendAsync(endpoint, baseAddress, authorization, state, cancellationToken).ConfigureAwait(false);
            if (IsGood(answer.Response, state.Request)) return await ReadAsync(answer, state, cancellationToken).ConfigureAwait(false);
            if (answer.IsForeign || await authenticator.AnswerAsync(endpoint, baseAddress, answer.Response, authorization, state, cancellationToken).ConfigureAwait(false) is not { } next)
                throw await Refusal.ReadAsync(answer, state, options, cancellationToken).ConfigureAwait(false);
            authorization = next;
        }
    }

    private Task<Answer> SendAsync(
        RegistryEndpoint endpoint, Uri baseAddress, RequestAuthorization? authorization, RequestState state, CancellationToken cancellationToken)
    {
        var uri = new Uri(baseAddress, state.Request.FullPath + state.Request.Query);
        return authorization is { Token: null, Credential: { } credential }
            ? trials.UseAsync(
                endpoint.Authority, credential, SendPasswordAsync, static answer => answer.Response.StatusCode is < HttpStatusCode.BadRequest or HttpStatusCode.NotFound, cancellationToken)
            : _redirects.SendAsync(endpoint, uri, authorization?.Header, state, cancellationToken);

        async Task<Answer> SendPasswordAsync()
        {
            Answer answer = await _redirects.SendAsync(endpoint, uri, authorization.Header, state, cancellationToken).ConfigureAwait(false);
            if (answer.IsForeign || !Authenticator.RefusesPassword(answer.Response)) return answer;
            using (answer) throw await Refusal.ReadAsync(answer, state, options, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<RegistryResponse> ReadAsync(Answer answer, RequestState state, CancellationToken cancellationToken)
    {
        HttpResponseMessage response = answer.Response;
        byte[] body = [];
        if (state.Request.Consumer is { } consumer)
        {
            await ConsumeAsync(consumer, response, state, cancellationToken).ConfigureAwait(false);
        }
        else if (state.Request.Method != HttpMethod.Head)
        {
            body = await BodyReader.ReadAsync(response.Content, state.Request.MaximumSize, answer.Endpoint.LargeBodies, cancellationToken).ConfigureAwait(false)
                ?? throw new RegistryException(RegistryFault.ResponseTooLarge, $"the answer is larger than {state.Request.MaximumSize} bytes");
        }

        return new RegistryResponse(
            state,
            response.Content.Headers.NonValidated.TryGetValues("Content-Type", out HeaderStringValues types) ? RegistryErrorText.Clean(types.First()) : null,
            response.Headers.NonValidated.TryGetValues("Docker-Content-Digest", out HeaderStringValues digests) ? string.Join(", ", digests.Distinct()) : null,
            body)
        {
            Size = SizeOf(response),
            Links = response.Headers.NonValidated.TryGetValues("Link", out HeaderStringValues links) ? [.. links] : [],
        };
    }

    private static async Task ConsumeAsync(
        BodyConsumer consumer, HttpResponseMessage response, RequestState state, CancellationToken cancellationToken)
    {
        try
        {
            await consumer(response, state, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (FaultTranslator.IsConnectionFault(e))
        {
            throw FaultTranslator.FromException(e, certificates: null);
        }
    }

    // Of nothing there is no first byte (RFC 9110, section 15.5.17): that answer tells the size, too.
    private static bool IsGood(HttpResponseMessage response, RegistryRequest request) => response.StatusCode == HttpStatusCode.OK
        || (request.IsRanged && response.StatusCode is HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable
            && response.Content.Headers.ContentRange is { Unit: "bytes" });

    private static long? SizeOf(HttpResponseMessage response)
    {
        HttpContentHeaders headers = response.Content.Headers;
        if (response.StatusCode != HttpStatusCode.OK) return headers.ContentRange?.Length;
        // What is not announced must not be made up from an empty body.
        return headers.NonValidated.Contains("Content-Length") ? headers.ContentLength : null;
    }
}
