using System.Net;
using System.Net.Http.Headers;
using MirrorValidate.Registries.Transport;

namespace MirrorValidate.Registries.Authentication;

/// <summary>
/// Answers the challenges of registries with the credentials of one side. Bearer comes before Basic, which is tried
/// where Bearer cannot work.
/// </summary>
/// <param name="credentials">Finds the credentials of the side.</param>
/// <param name="tokens">The tokens of the run.</param>
/// <param name="options">The realms that are trusted.</param>
internal sealed class Authenticator(CredentialFinder credentials, TokenProvider tokens, RegistryOptions options)
{
    /// <inheritdoc cref="CredentialFinder.MayHaveAsync"/>
    internal ValueTask<bool> MayHaveCredentialAsync(
        RegistryEndpoint endpoint, RequestState state, CancellationToken cancellationToken) =>
        credentials.MayHaveAsync(endpoint, state, cancellationToken);

    /// <summary>Authorizes a request up front.</summary>
    /// <returns>
    /// The authorization; <see langword="null"/> if the registry has sent no challenge yet, or none that says what a
    /// token for this repository is for.
    /// </returns>
    internal async ValueTask<RequestAuthorization?> AuthorizeAsync(
        RegistryEndpoint endpoint, Uri baseAddress, RequestState state, CancellationToken cancellationToken)
    {
        if (endpoint.Challenge is not { } challenge) return null;
        if (challenge.IsBasic)
            return await BasicAsync(endpoint, challenge, state, cancellationToken).ConfigureAwait(false);
        return endpoint.Scopes.Find(state.Request.Repository) is { } scope
            ? await BearerAsync(endpoint, baseAddress, challenge, scope, earlier: null, state, cancellationToken)
                .ConfigureAwait(false)
            : null;
    }

    /// <summary>Answers the challenges of a response.</summary>
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
    internal ValueTask<RequestAuthorization?> AnswerAsync(
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
        if (!isChallenge) return default;
        IReadOnlyList<Challenge> challenges = ChallengeParser.Of(response);
        if (mayHaveExpired && !challenges.Any(one => one.IsBearer || one.IsBasic)) challenges = [refused!.Challenge];
        return AnswerOneAsync(endpoint, baseAddress, challenges, refused, state, cancellationToken);
    }

    /// <summary>Answers one of several challenges; else as <see cref="AnswerAsync"/>.</summary>
    internal async ValueTask<RequestAuthorization?> AnswerOneAsync(
        RegistryEndpoint endpoint,
        Uri baseAddress,
        IReadOnlyList<Challenge> challenges,
        RequestAuthorization? refused,
        RequestState state,
        CancellationToken cancellationToken)
    {
        Challenge? bearer = challenges.FirstOrDefault(one => one.IsBearer);
        Challenge? basic = refused is { HasSentPassword: true }
            ? null
            : challenges.FirstOrDefault(one => one.IsBasic) ?? refused?.Basic;
        RequestAuthorization? answer = null;
        RegistryException? problem = null;
        if (bearer is not null && ScopeToTry(bearer, refused, endpoint, state) is { } scope)
        {
            try
            {
                var earlier = new Earlier(refused, basic);
                answer = await BearerAsync(endpoint, baseAddress, bearer, scope, earlier, state, cancellationToken)
                    .ConfigureAwait(false);
            }
            catch (RegistryException e) when (basic is not null && CannotWork(e))
            {
                problem = e;
            }
        }

        if (answer is null && basic is not null)
            answer = await BasicAsync(endpoint, basic, state, cancellationToken).ConfigureAwait(false);
        if (answer is null && problem is not null) throw problem;
        // What is second choice is only remembered once it has worked.
        if (answer is not null && answer.Challenge == (bearer ?? basic)) endpoint.Challenge = answer.Challenge;
        return answer;
    }

    /// <summary>
    /// Answers the challenge of another host that a registry has redirected to: with an anonymous token, never with a
    /// credential.
    /// </summary>
    /// <returns>The authorization for that host; <see langword="null"/> if it wants no token.</returns>
    /// <exception cref="RegistryException">There is no such token; the message names the realm.</exception>
    internal async ValueTask<AuthenticationHeaderValue?> AnswerAsGuestAsync(
        FinalResponse response, RequestState state, CancellationToken cancellationToken)
    {
        if (response.Message.StatusCode != HttpStatusCode.Unauthorized) return null;
        Challenge? bearer = ChallengeParser.Of(response.Message).Find(one => one.IsBearer);
        if (bearer is null) return null;
        string scope = TokenScope.Of(bearer, state.Request.Repository);
        TokenKey key = KeyOf(bearer, scope, response.Endpoint, response.Address, credential: null);
        (BearerToken token, _) = await tokens
            .GetAsync(key, response.Endpoint, refused: null, state, cancellationToken).ConfigureAwait(false);
        state.Context.Hide([token.Value]);
        return new AuthenticationHeaderValue("Bearer", token.Value);
    }

    // Null if no token will help: a new one was refused. One that was sent up front for another scope may be replaced.
    private static string? ScopeToTry(
        Challenge bearer, RequestAuthorization? refused, RegistryEndpoint endpoint, RequestState state)
    {
        string scope = TokenScope.Of(bearer, state.Request.Repository);
        if (bearer["scope"] is not null) endpoint.Scopes.Learn(state.Request.Repository, scope);
        else scope = endpoint.Scopes.Find(state.Request.Repository) ?? scope;
        return refused is { Token: not null, IsFresh: true } && (refused.IsAnswer || refused.Scope == scope)
            ? null
            : scope;
    }

    // A password that a token server has refused is not sent elsewhere.
    private static bool CannotWork(RegistryException e) =>
        !e.IsTransient
        && e.Fault is RegistryFault.Unauthorized or RegistryFault.UnexpectedResponse
        && e.StatusCode != HttpStatusCode.Unauthorized;

    private async ValueTask<RequestAuthorization?> BasicAsync(
        RegistryEndpoint endpoint, Challenge challenge, RequestState state, CancellationToken cancellationToken)
    {
        RegistryCredential? credential =
            await credentials.FindAsync(endpoint, state, cancellationToken).ConfigureAwait(false);
        return credential is null or { IsIdentityToken: true }
            ? null
            : new RequestAuthorization(new("Basic", credential.ToBasicParameter()), challenge)
            {
                Credential = credential,
                HasSentPassword = true,
            };
    }

    private async ValueTask<RequestAuthorization> BearerAsync(
        RegistryEndpoint endpoint,
        Uri baseAddress,
        Challenge challenge,
        string scope,
        Earlier? earlier,
        RequestState state,
        CancellationToken cancellationToken)
    {
        RegistryCredential? credential =
            await credentials.FindAsync(endpoint, state, cancellationToken).ConfigureAwait(false);
        TokenKey key = KeyOf(challenge, scope, endpoint, baseAddress, credential);
        BearerToken? old = earlier?.Refused?.Token;
        (BearerToken token, bool isNew) =
            await tokens.GetAsync(key, endpoint, old, state, cancellationToken).ConfigureAwait(false);
        state.Context.Hide([token.Value]);
        return new RequestAuthorization(new("Bearer", token.Value), challenge)
        {
            Credential = credential,
            Token = token,
            Scope = scope,
            IsFresh = isNew || old is not null,
            IsAnswer = earlier is not null,
            Basic = earlier?.Basic,
            HasSentPassword = earlier?.Refused is { HasSentPassword: true },
        };
    }

    private TokenKey KeyOf(
        Challenge challenge, string scope, RegistryEndpoint endpoint, Uri address, RegistryCredential? credential) =>
        RealmPolicy.Refuse(challenge["realm"], endpoint.Host, address, options, out Uri? realm) is { } refusal
            ? throw new RegistryException(RegistryFault.Unauthorized, $"the challenge was not answered: {refusal}")
            : new TokenKey(realm!, challenge["service"] ?? "", scope, credential);

    /// <summary>What came before the answer to a challenge; <see langword="null"/> for a request up front.</summary>
    /// <param name="Refused">The authorization that was refused, if any.</param>
    /// <param name="Basic">The Basic challenge that is left to try, if any.</param>
    private sealed record Earlier(RequestAuthorization? Refused, Challenge? Basic);
}
