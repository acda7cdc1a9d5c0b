using System.Collections.Concurrent;
using System.Net;

namespace MirrorValidate.Registries.Authentication;

/// <summary>
/// Keeps a wrong password from being sent again and again, which locks accounts. A credential that a server has not taken yet is
/// shown to it by one request at a time; what it refused at first is not shown to it again in the run.
/// </summary>
internal sealed class CredentialTrials
{
    /// <summary>A refusal may be of one repository, so one alone proves nothing; most directories lock after three or more.</summary>
    private const int Patience = 2;

    private readonly ConcurrentDictionary<Trial, Standing> _standings = new();

    /// <summary>Makes a request that shows a credential.</summary>
    /// <param name="server">Who is shown it.</param>
    /// <param name="credential">The credential.</param>
    /// <param name="use">The request; throws a <see cref="RegistryException"/> with the status of a refusal.</param>
    /// <param name="proves">Whether the answer proves that the credential was taken.</param>
    /// <param name="cancellationToken">Ends the waiting for other requests.</param>
    /// <exception cref="RegistryException">The server refuses the credential, now or some requests before.</exception>
    internal async Task<T> UseAsync<T>(
        string server, RegistryCredential credential, Func<Task<T>> use, Func<T, bool> proves, CancellationToken cancellationToken)
    {
        Standing standing = _standings.GetOrAdd(new Trial(server, credential), static _ => new Standing());
        if (!standing.IsProven)
        {
            await standing.Turn.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                if (!standing.IsProven) return await TryAsync(standing, credential, use, proves).ConfigureAwait(false);
            }
            finally
            {
                standing.Turn.Release();
            }
        }

        return await use().ConfigureAwait(false);
    }

    private static async Task<T> TryAsync<T>(Standing standing, RegistryCredential credential, Func<Task<T>> use, Func<T, bool> proves)
    {
        if (standing.Refusals >= Patience && standing.Last is { } last)
            throw last.Saying($"{last.Message}; refused before, so the credential was not sent again");
        try
        {
            T answer = await use().ConfigureAwait(false);
            standing.IsProven = proves(answer);
            return answer;
        }
        catch (RegistryException e) when (IsRefusal(e, credential))
        {
            standing.Refusals++;
            standing.Last = e;
            throw;
        }
    }

    // An identity token that is no longer good is answered with 400, invalid_grant (RFC 6749, section 5.2).
    private static bool IsRefusal(RegistryException e, RegistryCredential credential) =>
        e.StatusCode is HttpStatusCode.Unauthorized || (e.StatusCode is HttpStatusCode.BadRequest && credential.IsIdentityToken);

    private sealed record Trial(string Server, RegistryCredential Credential);

    private sealed class Standing
    {
        private volatile bool _isProven;

        // Never disposed: without a wait handle there is nothing to free.
        internal SemaphoreSlim Turn { get; } = new(1, 1);

        internal bool IsProven
        {
            get => _isProven;
            set => _isProven = value;
        }

        internal int Refusals { get; set; }

        internal RegistryException? Last { get; set; }
    }
}
