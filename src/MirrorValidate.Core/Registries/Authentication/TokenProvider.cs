using System.Collections.Concurrent;
using System.Net;
using MirrorValidate.Registries.Transport;

namespace MirrorValidate.Registries.Authentication;

/// <summary>
/// Keeps bearer tokens for the run, one for each realm, service, scope and identity, and renews them before they expire. Many who
/// need the same token wait for one request.
/// </summary>
/// <param name="client">Asks token servers.</param>
/// <param name="trials">Which credentials they refused.</param>
internal sealed class TokenProvider(TokenClient client, CredentialTrials trials)
{
    private const int FewSlots = 4096;

    private readonly ConcurrentDictionary<TokenKey, Slot> _slots = new();
    private volatile int _sweepAbove = FewSlots;

    /// <summary>The token for a key.</summary>
    /// <param name="key">What the token is for.</param>
    /// <param name="registry">The registry that wants it.</param>
    /// <param name="refused">A token that the registry no longer takes, if any.</param>
    /// <param name="state">The request.</param>
    /// <param name="cancellationToken">Ends the waiting; others who wait for the same token go on.</param>
    /// <returns>The token, and whether it was issued just now.</returns>
    /// <exception cref="RegistryException">The token server gave none.</exception>
    internal async ValueTask<(BearerToken Token, bool IsNew)> GetAsync(
        TokenKey key, RegistryEndpoint registry, BearerToken? refused, RequestState state, CancellationToken cancellationToken)
    {
        Slot slot = _slots.GetOrAdd(key, static _ => new Slot());
        if (slot.Usable(refused) is { } kept) return (kept, false);
        if (_slots.Count > _sweepAbove) RemoveDead();
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
        if (key.Credential is not { } credential) return await client.RequestAsync(key, registry, state, cancellationToken).ConfigureAwait(false);
        string server = key.Realm.GetLeftPart(UriPartial.Path);
        using CredentialTrials.Trial? trial = await trials.BeginAsync(server, credential, cancellationToken).ConfigureAwait(false);
        try
        {
            BearerToken token = await client.RequestAsync(key, registry, state, cancellationToken).ConfigureAwait(false);
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
        e.StatusCode is HttpStatusCode.Unauthorized || (e.StatusCode is HttpStatusCode.BadRequest && credential.IsIdentityToken);

    private void RemoveDead()
    {
        foreach ((TokenKey key, Slot slot) in _slots)
        {
            if (slot.Token is { IsAlive: false }) _slots.TryRemove(key, out _);
        }

        // Where most are alive, looking through them again and again would not make them fewer.
        _sweepAbove = Math.Max(FewSlots, 2 * _slots.Count);
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

        internal BearerToken? Usable(BearerToken? refused) => _token is { IsAlive: true } token && token != refused ? token : null;
    }
}
