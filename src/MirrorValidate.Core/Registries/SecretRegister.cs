using System.Collections.Concurrent;

namespace MirrorValidate.Registries;

/// <summary>
/// The secrets that were sent to registries: passwords, tokens, signed queries. They are removed from messages in case
/// a server repeats them. Safe for concurrent use.
/// </summary>
internal sealed class SecretRegister
{
    /// <summary>Shorter secrets occur in many words, so replacing them would reveal them.</summary>
    private const int MinimumLength = 4;

    private readonly ConcurrentDictionary<string, bool> _secrets = new(StringComparer.Ordinal);

    internal void Add(IEnumerable<string> secrets)
    {
        foreach (string secret in secrets)
        {
            if (secret.Length >= MinimumLength) _secrets.TryAdd(secret, true);
        }
    }

    /// <summary>Whether there are no secrets.</summary>
    internal bool IsEmpty => _secrets.IsEmpty;

    /// <summary>Replaces every secret in a text by <c>***</c>, ignoring case.</summary>
    internal string Redact(string text)
    {
        if (text.Length < MinimumLength
            || !_secrets.Keys.Any(secret => text.Contains(secret, StringComparison.OrdinalIgnoreCase)))
            return text;
        // Longest first: once a part of a secret is replaced, the rest of it is no longer found.
        foreach (string secret in _secrets.Keys.OrderByDescending(secret => secret.Length))
            text = text.Replace(secret, "***", StringComparison.OrdinalIgnoreCase);
        return text;
    }
}
