using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using MirrorValidate.Logging;
using MirrorValidate.References;
using MirrorValidate.Registries.Transport;

namespace MirrorValidate.Registries.Authentication;

/// <summary>Answers the challenges of registries with the credentials of one side.</summary>
/// <param name="credentials">The credentials of the side.</param>
/// <param name="tokens">The tokens of the run.</param>
/// <param name="options">The realms that are trusted.</param>
/// <param name="sideName">The name of the side, for log lines.</param>
internal sealed class Authenticator(
    CredentialChain credentials, TokenProvider tokens, RegistryOptions options, string sideName)
{
    private readonly ConcurrentDictionary<(RegistryHost, RegistryCredential?), bool> _announced = new();

    /// <summary>Authorizes a request up front.</summary>
    /// <returns>The authorization; <see langword="null"/> if the registry has sent no challenge yet.</returns>
    internal ValueTask<RequestAuthorization?> AuthorizeAsync(
        RegistryEndpoint endpoint, Uri baseAddress, RequestState state, CancellationToken cancellationToken) =>
        endpoint.Challenge is { } challenge
            ? AuthorizeAsync(endpoint, baseAddress, challenge, refused: null, state, cancellationToken)
            : new ValueTask<RequestAuthorization?>((RequestAuthorization?)null);

    /// <summary>Answers the challenge of a response.</summary>
    /// <param name="endpoint">The registry.</param>
    /// <param name="baseAddress">Its scheme and authority.</param>
    /// <param name="response">The response.</param>
    /// <param name="refused">The authorization that the request carried, if any.</param>
    /// <param name="state">The request.</param>
    /// <param name="cancellationToken">Cancels the wait for a credential or token.</param>
    /// <returns>The authorization to try next; <see langword="null"/> if there is no other.</returns>
    /// <exception cref="RegistryException">
    /// The realm is not trusted, or issued no token; the message names it.
    /// </exception>
    internal async ValueTask<RequestAuthorization?> AnswerAsync(
        RegistryEndpoint endpoint,
        Uri baseAddress,
        HttpResponseMessage response,
        RequestAuthorization? refused,
        RequestState state,
        CancellationToken cancellationToken)
    {
        // Some registries answer 400 to a token that has expired early.
        bool mayHaveExpired = refused is { Token: not null, IsFresh: false };
        bool isChallenge = response.StatusCode == HttpStatusCode.Unauthorized
            || (mayHaveExpired && response.StatusCode == HttpStatusCode.BadRequest);
        if (!isChallenge) return null;
        List<Challenge> challenges = ChallengesOf(response);
        Challenge? challenge = challenges.Find(one => one.IsBearer)
            ?? challenges.Find(one => one.IsBasic)
            ?? (mayHaveExpired ? endpoint.Challenge : null);
        // Renew a token once per attempt, and never send a password twice.
        if (challenge is null || refused is { IsFresh: true } || (refused is { Token: null } && challenge.IsBasic))
            return null;
        RequestAuthorization? answer = await AuthorizeAsync(
            endpoint, baseAddress, challenge, refused ?? RequestAuthorization.None, state, cancellationToken)
            .ConfigureAwait(false);
        if (answer is not null) endpoint.Challenge = challenge;
        return answer;
    }

    /// <summary>Whether a response refuses the password that the request carried.</summary>
    internal static bool RefusesPassword(HttpResponseMessage response) =>
        response.StatusCode == HttpStatusCode.Unauthorized && !ChallengesOf(response).Exists(one => one.IsBearer);

    // From the raw header: the framework's parser drops what does not fit its grammar.
    private static List<Challenge> ChallengesOf(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues("WWW-Authenticate", out HeaderStringValues values)
            ? ChallengeParser.Parse(values)
            : [];

    private async ValueTask<RequestAuthorization?> AuthorizeAsync(
        RegistryEndpoint endpoint,
        Uri baseAddress,
        Challenge challenge,
        RequestAuthorization? refused,
        RequestState state,
        CancellationToken cancellationToken)
    {
        RegistryCredential? credential =
            await FindCredentialAsync(endpoint, state, cancellationToken).ConfigureAwait(false);
        if (credential is not null) state.Context.Hide(credential.Secrets);
        if (challenge.IsBasic)
        {
            if (credential is null or { IsIdentityToken: true }) return null;
            var basic = new AuthenticationHeaderValue("Basic", credential.ToBasicParameter());
            return new RequestAuthorization(basic, credential, token: null, isFresh: refused is not null);
        }

        if (RealmPolicy.Refuse(challenge["realm"], endpoint.Host, baseAddress, options, out Uri? realm) is { } refusal)
            throw new RegistryException(RegistryFault.Unauthorized, $"the challenge was not answered: {refusal}");
        string scope = $"repository:{state.Request.Repository}:pull";
        var key = new TokenKey(realm!, challenge["service"] ?? "", scope, credential);
        (BearerToken token, bool isNew) =
            await tokens.GetAsync(key, endpoint, refused?.Token, state, cancellationToken).ConfigureAwait(false);
        state.Context.Hide([token.Value]);
        var bearer = new AuthenticationHeaderValue("Bearer", token.Value);
        return new RequestAuthorization(bearer, credential, token, isFresh: isNew || refused?.Token is not null);
    }

    private async ValueTask<RegistryCredential?> FindCredentialAsync(
        RegistryEndpoint endpoint, RequestState state, CancellationToken cancellationToken)
    {
        try
        {
            state.WaitingFor = " from the credential helper";
            (RegistryCredential? credential, string? source) =
                await credentials.FindWithSourceAsync(endpoint.Host, state.Request.Repository, cancellationToken)
                    .ConfigureAwait(false);
            state.WaitingFor = "";
            if (_announced.TryAdd((endpoint.Host, credential), true))
            {
                state.Context.Log(LogLevel.Information, () => credential is null
                    ? $"no credential for {sideName} {endpoint.Host}: asking anonymously"
                    : $"using the credential for {sideName} {endpoint.Host} from {source}");
            }

            return credential;
        }
        catch (CredentialException e)
        {
            throw new RegistryException(RegistryFault.Unauthorized, e.Message, e);
        }
    }
}
