using System.Collections.Concurrent;
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
        RegistryEndpoint endpoint, Uri baseAddress, string repository, RequestContext context, CancellationToken cancellationToken) =>
        endpoint.Challenge is { } challenge
            ? AnswerAsync(endpoint, baseAddress, challenge, repository, refused: null, context, cancellationToken)
            : new ValueTask<RequestAuthorization?>((RequestAuthorization?)null);

    /// <summary>The answer to a 401.</summary>
    /// <param name="endpoint">Who asks.</param>
    /// <param name="baseAddress">Where it was asked.</param>
    /// <param name="challenges">The challenges of the 401.</param>
    /// <param name="repository">The repository that was asked for.</param>
    /// <param name="refused">The authorization that was not taken, if any.</param>
    /// <param name="context">On whose behalf.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns><see langword="null"/> where there is nothing (else) to answer with.</returns>
    /// <exception cref="RegistryException">The realm may not be asked, or gave no token; the message names it.</exception>
    internal async ValueTask<RequestAuthorization?> AnswerAsync(
        RegistryEndpoint endpoint,
        Uri baseAddress,
        IReadOnlyList<Challenge> challenges,
        string repository,
        RequestAuthorization? refused,
        RequestContext context,
        CancellationToken cancellationToken)
    {
        Challenge? challenge = challenges.FirstOrDefault(one => one.Scheme == "bearer") ?? challenges.FirstOrDefault(one => one.Scheme == "basic");
        if (challenge is null || refused is { IsFresh: true }) return null;
        endpoint.Challenge = challenge;
        return await AnswerAsync(endpoint, baseAddress, challenge, repository, refused, context, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<RequestAuthorization?> AnswerAsync(
        RegistryEndpoint endpoint,
        Uri baseAddress,
        Challenge challenge,
        string repository,
        RequestAuthorization? refused,
        RequestContext context,
        CancellationToken cancellationToken)
    {
        RegistryCredential? credential = await FindCredentialAsync(endpoint, context, cancellationToken).ConfigureAwait(false);
        if (challenge.Scheme == "basic")
        {
            if (credential is null or { IsIdentityToken: true } || refused is not null) return null;
            return new RequestAuthorization(new AuthenticationHeaderValue("Basic", credential.ToBasicParameter()), credential, token: null, isFresh: true);
        }

        if (RealmPolicy.Refuse(challenge["realm"], endpoint.Host, baseAddress, options, out Uri? realm) is { } refusal)
            throw new RegistryException(RegistryFault.Unauthorized, $"the challenge was not answered: {refusal}");
        var key = new TokenKey(realm!, challenge["service"] ?? "", $"repository:{repository}:pull", credential);
        (BearerToken token, bool isFresh) = await tokens.GetAsync(key, endpoint, refused?.Token, context, cancellationToken).ConfigureAwait(false);
        return new RequestAuthorization(new AuthenticationHeaderValue("Bearer", token.Value), credential, token, isFresh);
    }

    private async ValueTask<RegistryCredential?> FindCredentialAsync(
        RegistryEndpoint endpoint, RequestContext context, CancellationToken cancellationToken)
    {
        try
        {
            (RegistryCredential? credential, string? source) =
                await credentials.FindWithSourceAsync(endpoint.Host, cancellationToken).ConfigureAwait(false);
            if (_announced.TryAdd(endpoint.Host, true))
            {
                context.Log(LogLevel.Information, () => credential is null
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
