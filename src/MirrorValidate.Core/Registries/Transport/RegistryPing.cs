using System.Net;
using MirrorValidate.Registries.Authentication;
using MirrorValidate.Registries.Transport.Proxies;

namespace MirrorValidate.Registries.Transport;

/// <summary>
/// Asks <c>/v2/</c> of a host, once in a run: whether a registry answers there (distribution-spec 1.1, "Determining
/// Support"), and what challenge it sends. Some registries send none to requests for manifests.
/// </summary>
/// <param name="redirects">Sends the request.</param>
/// <param name="options">Limits.</param>
internal sealed class RegistryPing(RedirectFollower redirects, RegistryOptions options)
{
    /// <summary>Asks, or tells what was answered before. It is not retried, and no authorization is sent.</summary>
    internal ValueTask<PingAnswer> AskAsync(
        RegistryEndpoint endpoint, Uri baseAddress, RequestState state, CancellationToken cancellationToken) =>
        endpoint.Ping.GetAsync(
            token => SendAsync(endpoint, new Uri(baseAddress, "/v2/"), state, token), cancellationToken);

    private async Task<PingAnswer> SendAsync(
        RegistryEndpoint endpoint, Uri address, RequestState state, CancellationToken cancellationToken)
    {
        RequestState ping = state.For(RegistryRequest.Ping(endpoint.Host));
        try
        {
            using FinalResponse response = await redirects
                .SendAsync(endpoint, address, authorization: null, ping, cancellationToken).ConfigureAwait(false);
            return await ReadAsync(response, address, cancellationToken).ConfigureAwait(false);
        }
        catch (RegistryException e)
        {
            return new PingAnswer(IsRegistry: null, [], $"{address}: {e.Message}");
        }
    }

    private async Task<PingAnswer> ReadAsync(
        FinalResponse response, Uri address, CancellationToken cancellationToken)
    {
        HttpResponseMessage message = response.Message;
        byte[] body = await BodyReader
            .ReadStartAsync(message.Content, options.Limits.ErrorSize, cancellationToken).ConfigureAwait(false);
        bool isPage = ProxyAnswer.IsPage(body);
        // Registries send this header since the second version of the protocol; no other server does.
        bool isRegistrys = message.Headers.NonValidated.Contains("Docker-Distribution-Api-Version")
            || RegistryErrorText.IsRegistryError(body);
        string said = FaultTranslator.NameOf(message.StatusCode) + (isPage ? ": an HTML page" : "");
        return new PingAnswer(
            isRegistrys ? true : IsRegistry(message.StatusCode, isPage),
            response.IsForeign ? [] : ChallengeParser.Of(message),
            $"{address}: {said}");
    }

    private static bool? IsRegistry(HttpStatusCode status, bool isPage) => (int)status switch
    {
        200 => !isPage,
        401 => true,
        // Somebody refuses, or fails to answer.
        403 or 407 or 408 or 429 or >= 500 => null,
        _ => false,
    };
}
