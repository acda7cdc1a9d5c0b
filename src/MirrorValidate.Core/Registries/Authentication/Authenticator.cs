using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using MirrorValidate.Logging;
using MirrorValidate.References;
using MirrorValidate.Registries.Transport;

namespace MirrorValidate.Registries.Authentication;

/// <summary>Answers the challenges that registries set, with the credentials of one side of the run.</summary>
/// <param name="credentials">The side's credentials.</param>
/// <param name="tokens">The tokens of the run.</param>
/// <param name="options">Which realms may be asked.</param>
/// <param name="sideName">How the log names the side's registries.</param>
internal sealed class Authenticator(CredentialChain credentials, TokenProvider tokens, RegistryOptions options, string sideName)
{
    private readonly ConcurrentDictionary<RegistryHost, bool> _announced = new();

    /// <summary>The authorization for a request to a registry whose challenge is known; <see langword="null"/> where none was set yet.</summary>
    internal ValueTask<RequestAuthorization?> AuthorizeAsync(
        RegistryEndpoint endpoint, Uri baseAddress, RequestState state, CancellationToken cancellationToken) =>
        endpoint.Challenge is { } challenge
            ? AuthorizeAsync(endpoint, baseAddress, challenge, refused: null, state, cancellationToken)
            : new ValueTask<RequestAuthorization?>((RequestAuthorization?)null);

    /// <summary>The answer to a refusal.</summary>
    /// <param name="endpoint">Who refused.</param>
    /// <param name="baseAddress">Where it was asked.</param>
    /// <param name="response">The refusal.</param>
    /// <param name="refused">The authorization that was not taken, if any.</param>
    /// <param name="state">The request.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns><see langword="null"/> where there is nothing (else) to answer with.</returns>
    /// <exception cref="RegistryException">The realm may not be asked, or gave no token; the message names it.</exception>
    internal async ValueTask<RequestAuthorization?> AnswerAsync(
        RegistryEndpoint endpoint,
        Uri baseAddress,
        HttpResponseMessage response,
        RequestAuthorization? refused,
        RequestState state,
        CancellationToken cancellationToken)
    {
        // Some registries answer 400 to a token that has expired before its time.
        bool mayHaveExpired = refused is { Token: not null, IsFresh: false };
        if (response.StatusCode != HttpStatusCode.Unauthorized && !(mayHaveExpired && response.StatusCode == HttpStatusCode.BadRequest)) return null;
        List<Challenge> challenges = ChallengesOf(response);
        Challenge? challenge = challenges.Find(one => one.IsBearer) ?? challenges.Find(one => one.IsBasic) ?? (mayHaveExpired ? endpoint.Challenge : null);
        // One renewal a request, and no password twice.
        if (challenge is null || refused is { IsFresh: true } || (refused is { Token: null } && challenge.IsBasic)) return null;
        RequestAuthorization? answer = await AuthorizeAsync(endpoint, baseAddress, challenge, refused ?? RequestAuthorization.None, state, cancellationToken).ConfigureAwait(false);
        if (answer is not null) endpoint.Challenge = challenge;
        return answer;
    }

    /// <summary>Whether an answer refuses a password that was sent with the request.</summary>
    internal static bool RefusesPassword(HttpResponseMessage response) =>
        response.StatusCode == HttpStatusCode.Unauthorized && !ChallengesOf(response).Exists(one => one.IsBearer);

    // As it was sent: the parsed form has lost what the framework's grammar does not foresee.
    private static List<Challenge> ChallengesOf(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues("WWW-Authenticate", out HeaderStringValues values) ? ChallengeParser.Parse(values) : [];

    private async ValueTask<RequestAuthorization?> AuthorizeAsync(
        RegistryEndpoint endpoint,
        Uri baseAddress,
        Challenge challenge,
        RequestAuthorization? refused,
        RequestState state,
        CancellationToken cancellationToken)
    {
        RegistryCredential? credential = await FindCredentialAsync(endpoint, state, cancellationToken).ConfigureAwait(false);
        if (credential is not null) state.Context.Hide(credential.Secrets);
        if (challenge.IsBasic)
        {
            return credential is null or { IsIdentityToken: true }
                ? null
                : new RequestAuthorization(new AuthenticationHeaderValue("Basic", credential.ToBasicParameter()), credential, token: null, isFresh: refused is not null);
        }

        if (RealmPolicy.Refuse(challenge["realm"], endpoint.Host, baseAddress, options, out Uri? realm) is { } refusal)
            throw new RegistryException(RegistryFault.Unauthorized, $"the challenge was not answered: {refusal}");
        var key = new TokenKey(realm!, challenge["service"] ?? "", $"repository:{state.Request.Repository}:pull", credential);
        (BearerToken token, bool isNew) = await tokens.GetAsync(key, endpoint, refused?.Token, state, cancellationToken).ConfigureAwait(false);
        state.Context.Hide([token.Value]);
        return new RequestAuthorization(new AuthenticationHeaderValue("Bearer", token.Value), credential, token, isFresh: isNew || refused?.Token is not null);
    }

    private async ValueTask<RegistryCredential?> FindCredentialAsync(
        RegistryEndpoint endpoint, RequestState state, CancellationToken cancellationToken)
    {
        try
        {
            state.WaitingFor = " from the credential helper";
            (RegistryCredential? credential, string? source) =
                await credentials.FindWithSourceAsync(endpoint.Host, cancellationToken).ConfigureAwait(false);
            state.WaitingFor = "";
            if (_announced.TryAdd(endpoint.Host, true))
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
