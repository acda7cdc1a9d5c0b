using System.Collections.Concurrent;

namespace MirrorValidate.Registries.Authentication;

/// <summary>
/// Keeps a wrong password from being sent again and again, which locks accounts. Until a server has accepted a
/// credential, one request at a time sends it. After two refusals it is not sent to that server again in the run.
/// Thread-safe.
/// </summary>
internal sealed class CredentialTrials
{
    /// <summary>
    /// One refusal may be about a single repository; most directories lock an account after three or more.
    /// </summary>
    private const int MaximumRefusals = 2;

    private readonly ConcurrentDictionary<Key, Standing> _standings = new();

    /// <summary>Waits for the turn to send a credential to a server that has not accepted it yet.</summary>
    /// <param name="server">The server.</param>
    /// <param name="credential">The credential.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The trial; <see langword="null"/> if the server has accepted the credential before.</returns>
    /// <exception cref="RegistryException">
    /// The server has refused the credential too often; the fault is its last refusal.
    /// </exception>
    internal async ValueTask<Trial?> BeginAsync(
        string server, RegistryCredential credential, CancellationToken cancellationToken)
    {
        Standing standing = _standings.GetOrAdd(new Key(server, credential), static _ => new Standing());
        if (standing.IsAccepted) return null;
        await standing.Turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        var trial = new Trial(standing);
        if (!standing.IsAccepted && standing.Refusals < MaximumRefusals) return trial;
        trial.Dispose();
        if (standing.IsAccepted) return null;
        RegistryException last = standing.LastRefusal!;
        throw last.Saying($"{last.Message}; refused before, so the credential was not sent again");
    }

    /// <summary>
    /// The turn of one request to send a credential. Disposing ends it; without a result it proves nothing.
    /// </summary>
    internal sealed class Trial : IDisposable
    {
        private readonly Standing _standing;

        internal Trial(Standing standing) => _standing = standing;

        /// <summary>The server accepted the credential.</summary>
        internal void Accept() => _standing.IsAccepted = true;

        /// <summary>The server refused the credential.</summary>
        internal void Refuse(RegistryException refusal)
        {
            _standing.Refusals++;
            _standing.LastRefusal = refusal;
        }

        public void Dispose() => _standing.Turn.Release();
    }

    /// <summary>What a server has said about a credential. Only the holder of the turn writes it.</summary>
    internal sealed class Standing
    {
        private volatile bool _isAccepted;

        // Never disposed: it has no wait handle to free.
        internal SemaphoreSlim Turn { get; } = new(1, 1);

        internal bool IsAccepted
        {
            get => _isAccepted;
            set => _isAccepted = value;
        }

        internal int Refusals { get; set; }

        internal RegistryException? LastRefusal { get; set; }
    }

    private sealed record Key(string Server, RegistryCredential Credential);
}
