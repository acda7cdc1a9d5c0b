using System.Collections.Concurrent;

namespace MirrorValidate.Registries;

/// <summary>
/// What was sent to registries on somebody's behalf and must not come back in a message, should a server repeat it: passwords, tokens,
/// signed queries. Safe for many threads.
/// </summary>
internal sealed class SecretRegister
{
    /// <summary>Shorter secrets stand in every other word: blotting them out would spell them.</summary>
    private const int MinimumLength = 4;

    private readonly ConcurrentDictionary<string, bool> _secrets = new(StringComparer.Ordinal);

    internal void Add(IEnumerable<string> secrets)
    {
        foreach (string secret in secrets)
        {
            if (secret.Length >= MinimumLength) _secrets.TryAdd(secret, true);
        }
    }

    /// <summary>Whether there are none.</summary>
    internal bool IsEmpty => _secrets.IsEmpty;

    /// <summary>The text with every secret blotted out, in whatever case.</summary>
    internal string Redact(string text)
    {
        if (text.Length < MinimumLength || !_secrets.Keys.Any(secret => text.Contains(secret, StringComparison.OrdinalIgnoreCase))) return text;
        // The longest first: what is left of a secret when a part of it went is no longer found.
        foreach (string secret in _secrets.Keys.OrderByDescending(secret => secret.Length))
            text = text.Replace(secret, "***", StringComparison.OrdinalIgnoreCase);
        return text;
    }
}
