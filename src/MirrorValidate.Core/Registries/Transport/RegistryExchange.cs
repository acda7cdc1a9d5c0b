using System.Net;
using System.Net.Http.Headers;
using MirrorValidate.Registries.Authentication;

namespace MirrorValidate.Registries.Transport;

/// <summary>Makes one attempt at a request: sends it, answers challenges, reads the response.</summary>
/// <param name="endpoints">The endpoints of the run.</param>
/// <param name="authenticator">Answers challenges.</param>
/// <param name="trials">Limits how often a wrong password is sent.</param>
/// <param name="options">How registries are reached.</param>
internal sealed class RegistryExchange(
    EndpointPool endpoints, Authenticator authenticator, CredentialTrials trials, RegistryOptions options)
{
    private readonly RedirectFollower _redirects = new(endpoints, options);
    private readonly RegistryPing _ping = new(new RedirectFollower(endpoints, options), options);

    /// <summary>
    /// Makes the attempt: at most one request without authorization, and one with each of a kept token, a new one and
    /// the password.
    /// </summary>
    /// <exception cref="RegistryException">It failed; the message is a clause.</exception>
    internal async Task<RegistryResponse> RunAsync(
        RegistryEndpoint endpoint, RequestState state, CancellationToken cancellationToken)
    {
        Uri baseAddress = await endpoint.GetBaseAddressAsync(cancellationToken).ConfigureAwait(false);
        var uri = new Uri(baseAddress, state.Request.FullPath + state.Request.Query);
        RequestAuthorization? authorization =
            await authenticator.AuthorizeAsync(endpoint, baseAddress, state, cancellationToken).ConfigureAwait(false);
        while (true)
        {
            using FinalResponse response =
                await SendAsync(endpoint, uri, authorization, state, cancellationToken).ConfigureAwait(false);
            if (ResponseReader.IsGood(response.Message, state.Request))
            {
                if (authorization is not null) endpoint.Challenge = authorization.Challenge;
                return await ResponseReader.ReadAsync(response, state, cancellationToken).ConfigureAwait(false);
            }

            if (response.IsForeign)
                return await AskAsGuestAsync(response, state, cancellationToken).ConfigureAwait(false);
            authorization = await authenticator.AnswerAsync(
                endpoint, baseAddress, response.Message, authorization, state, cancellationToken).ConfigureAwait(false)
                ?? await ExplainAsync(endpoint, baseAddress, response, authorization, state, cancellationToken)
                    .ConfigureAwait(false);
        }
    }

    // A registry that lies behind another one may want a token of its own, which everybody gets.
    private async Task<RegistryResponse> AskAsGuestAsync(
        FinalResponse refusal, RequestState state, CancellationToken cancellationToken)
    {
        AuthenticationHeaderValue? token;
        try
        {
            token = await authenticator.AnswerAsGuestAsync(refusal, state, cancellationToken).ConfigureAwait(false);
        }
        catch (RegistryException e)
        {
            throw e.Saying($"{refusal.Endpoint.Authority}, which the registry redirected to: {e.Message}");
        }

        if (token is null)
            throw await ErrorResponse.ReadAsync(refusal, state, options, cancellationToken).ConfigureAwait(false);
        using FinalResponse answer = await _redirects
            .SendAsync(refusal.Endpoint, refusal.Address, token, state, cancellationToken).ConfigureAwait(false);
        if (ResponseReader.IsGood(answer.Message, state.Request))
            return await ResponseReader.ReadAsync(answer, state, cancellationToken).ConfigureAwait(false);
        FinalResponse foreign = answer with { IsForeign = true };
        throw await ErrorResponse.ReadAsync(foreign, state, options, cancellationToken).ConfigureAwait(false);
    }

    // A refusal without a challenge, or a 404, may come of asking without a login; a 404 in no form of a registry's may
    // come of asking what is no registry. What /v2/ of the host says tells. Returns the authorization to try, or
    // throws.
    private async Task<RequestAuthorization> ExplainAsync(
        RegistryEndpoint endpoint,
        Uri baseAddress,
        FinalResponse response,
        RequestAuthorization? sent,
        RequestState state,
        CancellationToken cancellationToken)
    {
        RegistryException fault =
            await ErrorResponse.ReadAsync(response, state, options, cancellationToken).ConfigureAwait(false);
        bool isNotFound = response.Message.StatusCode == HttpStatusCode.NotFound && state.Request.IsContent;
        bool isBare = isNotFound && fault.ProvesAbsence && !fault.IsRegistryError
            && state.Request.Method != HttpMethod.Head;
        bool mayLackLogin = sent is null && state.Request.IsContent
            && (isNotFound || fault.Fault is RegistryFault.Unauthorized or RegistryFault.Forbidden)
            && await authenticator.MayHaveCredentialAsync(endpoint, state, cancellationToken).ConfigureAwait(false);
        if (!isBare && !mayLackLogin) throw fault;
        PingAnswer ping = await _ping.AskAsync(endpoint, baseAddress, state, cancellationToken).ConfigureAwait(false);
        RequestAuthorization? login = sent is not null
            ? null
            : await LogInAsync(endpoint, baseAddress, ping, mayLackLogin, state, cancellationToken)
                .ConfigureAwait(false);
        return login ?? throw (isBare ? ping.Judge(fault, response.Address, isAnonymous: sent is null) : fault);
    }

    private async ValueTask<RequestAuthorization?> LogInAsync(
        RegistryEndpoint endpoint,
        Uri baseAddress,
        PingAnswer ping,
        bool hasLogin,
        RequestState state,
        CancellationToken cancellationToken)
    {
        try
        {
            return await authenticator.AnswerOneAsync(
                endpoint, baseAddress, ping.Challenges, refused: null, state, cancellationToken).ConfigureAwait(false);
        }
        catch (RegistryException e) when (!hasLogin && !e.IsTransient)
        {
            // Nobody gets a token without a login, and there is none.
            return null;
        }
    }

    private Task<FinalResponse> SendAsync(
        RegistryEndpoint endpoint,
        Uri uri,
        RequestAuthorization? authorization,
        RequestState state,
        CancellationToken cancellationToken) =>
        authorization is { Token: null, Credential: { } password }
            ? SendPasswordAsync(endpoint, uri, authorization.Header, password, state, cancellationToken)
            : _redirects.SendAsync(endpoint, uri, authorization?.Header, state, cancellationToken);

    private async Task<FinalResponse> SendPasswordAsync(
        RegistryEndpoint endpoint,
        Uri uri,
        AuthenticationHeaderValue? header,
        RegistryCredential password,
        RequestState state,
        CancellationToken cancellationToken)
    {
        using CredentialTrials.Trial? trial =
            await trials.BeginAsync(endpoint.Authority, password, cancellationToken).ConfigureAwait(false);
        FinalResponse response =
            await _redirects.SendAsync(endpoint, uri, header, state, cancellationToken).ConfigureAwait(false);
        if (response.IsForeign || !RefusesPassword(response.Message))
        {
            if (response.Message.StatusCode is < HttpStatusCode.BadRequest or HttpStatusCode.NotFound) trial?.Accept();
            return response;
        }

        using (response)
        {
            RegistryException refusal =
                await ErrorResponse.ReadAsync(response, state, options, cancellationToken).ConfigureAwait(false);
            trial?.Refuse(refusal);
            throw refusal;
        }
    }

    // A registry that names Bearer only has not judged the password.
    private static bool RefusesPassword(HttpResponseMessage response)
    {
        if (response.StatusCode != HttpStatusCode.Unauthorized) return false;
        List<Challenge> challenges = ChallengeParser.Of(response);
        return challenges.Exists(one => one.IsBasic) || !challenges.Exists(one => one.IsBearer);
    }
}
