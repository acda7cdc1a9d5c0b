using System.Collections.Concurrent;
using MirrorValidate.Registries.Transport;

namespace MirrorValidate.Registries.Authentication;

/// <summary>
/// Keeps bearer tokens for the run, one for each realm, service, scope and identity, and renews them before they expire. Many who
/// need the same token wait for one request.
/// </summary>
/// <param name="client">Asks token servers.</param>
internal sealed class TokenProvider(TokenClient client)
{
    private const int MaximumSlots = 4096;

    private readonly ConcurrentDictionary<TokenKey, Slot> _slots = new();

    /// <summary>The token for a key.</summary>
    /// <param name="key">What the token is for.</param>
    /// <param name="registry">The registry that wants it.</param>
    /// <param name="refused">A token that the registry no longer takes, if any.</param>
    /// <param name="context">On whose behalf.</param>
    /// <param name="cancellationToken">Ends the waiting; others who wait for the same token go on.</param>
    /// <returns>The token, and whether it was issued just now.</returns>
    /// <exception cref="RegistryException">The token server gave none.</exception>
    internal async ValueTask<(BearerToken Token, bool IsFresh)> GetAsync(
        TokenKey key, RegistryEndpoint registry, BearerToken? refused, RequestContext context, CancellationToken cancellationToken)
    {
        Slot slot = _slots.GetOrAdd(key, static _ => new Slot());
        if (slot.Usable(refused) is { } kept) return (kept, false);
        if (_slots.Count > MaximumSlots) RemoveDead();
        await slot.Turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (slot.Usable(refused) is { } issuedMeanwhile) return (issuedMeanwhile, false);
            slot.Token = await client.RequestAsync(key, registry, context, cancellationToken).ConfigureAwait(false);
            return (slot.Token, true);
        }
        finally
        {
            slot.Turn.Release();
        }
    }

    private void RemoveDead()
    {
        foreach ((TokenKey key, Slot slot) in _slots)
        {
            if (slot.Token is { IsAlive: false }) _slots.TryRemove(key, out _);
        }
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
