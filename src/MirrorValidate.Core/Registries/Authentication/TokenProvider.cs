using System.Collections.Concurrent;
using System.Net;
using MirrorValidate.Registries.Transport;

namespace MirrorValidate.Registries.Authentication;

/// <summary>
/// The bearer tokens of the run, one for each realm, service, scope and credential. Renews them before they expire;
/// concurrent requests for the same token share one request to the token server.
/// </summary>
/// <param name="client">Requests tokens.</param>
/// <param name="trials">Limits how often a wrong password is sent.</param>
internal sealed class TokenProvider(TokenClient client, CredentialTrials trials)
{
    /// <summary>The number of tokens below which expired ones are not looked for.</summary>
    private const int MinimumSweep = 4096;

    private readonly ConcurrentDictionary<TokenKey, Slot> _slots = new();
    private volatile int _sweepAbove = MinimumSweep;

    /// <summary>Gets a token.</summary>
    /// <param name="key">What the token is for.</param>
    /// <param name="registry">The registry that asks for it.</param>
    /// <param name="refused">A token that the registry has just refused, if any.</param>
    /// <param name="state">The request.</param>
    /// <param name="cancellationToken">Cancels the wait; other callers go on waiting.</param>
    /// <returns>The token, and whether this call requested it.</returns>
    /// <exception cref="RegistryException">The token server issued none.</exception>
    internal async ValueTask<(BearerToken Token, bool IsNew)> GetAsync(
        TokenKey key,
        RegistryEndpoint registry,
        BearerToken? refused,
        RequestState state,
        CancellationToken cancellationToken)
    {
        Slot slot = _slots.GetOrAdd(key, static _ => new Slot());
        if (slot.Usable(refused) is { } kept) return (kept, false);
        if (_slots.Count > _sweepAbove) RemoveExpired();
        await slot.Turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (slot.Usable(refused) is { } issuedMeanwhile) return (issuedMeanwhile, false);
            slot.Token = await RequestAsync(key, registry, state, cancellationToken).ConfigureAwait(false);
            return (slot.Token, true);
        }
        finally
        {
            slot.Turn.Release();
        }
    }

    private async Task<BearerToken> RequestAsync(
        TokenKey key, RegistryEndpoint registry, RequestState state, CancellationToken cancellationToken)
    {
        if (key.Credential is not { } credential)
            return await client.RequestAsync(key, registry, state, cancellationToken).ConfigureAwait(false);
        string server = key.Realm.GetLeftPart(UriPartial.Path);
        using CredentialTrials.Trial? trial =
            await trials.BeginAsync(server, credential, cancellationToken).ConfigureAwait(false);
        try
        {
            BearerToken token =
                await client.RequestAsync(key, registry, state, cancellationToken).ConfigureAwait(false);
            trial?.Accept();
            return token;
        }
        catch (RegistryException e) when (IsRefusal(e, credential))
        {
            trial?.Refuse(e);
            throw;
        }
    }

    // A token server answers 400, invalid_grant, to an identity token that is no longer valid (RFC 6749, section 5.2).
    private static bool IsRefusal(RegistryException e, RegistryCredential credential) =>
        e.StatusCode is HttpStatusCode.Unauthorized
        || (e.StatusCode is HttpStatusCode.BadRequest && credential.IsIdentityToken);

    private void RemoveExpired()
    {
        foreach ((TokenKey key, Slot slot) in _slots)
        {
            if (slot.Token is { IsAlive: false }) _slots.TryRemove(key, out _);
        }

        // If most are alive, sweep less often.
        _sweepAbove = Math.Max(MinimumSweep, 2 * _slots.Count);
    }

    private sealed class Slot
    {
        private volatile BearerToken? _token;

        internal SemaphoreSlim Turn { get; } = new(1, 1);

        internal BearerToken? Token
        {
            get => _token;
            set => _token = value;
        }

        internal BearerToken? Usable(BearerToken? refused) =>
            _token is { IsAlive: true } token && token != refused ? token : null;
    }
}
