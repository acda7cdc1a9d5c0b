using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace MirrorValidate.Embedded;

/// <summary>Gives tokens out and knows them again. Safe for many threads, and may be shared by several registries.</summary>
public sealed class TokenIssuer
{
    private readonly ConcurrentDictionary<string, IssuedToken> _live = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<IssuedToken> _issued = new();

    /// <summary>The clock that tokens expire by.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>Every token given out, in order.</summary>
    public IReadOnlyList<IssuedToken> Issued => [.. _issued];

    /// <summary>Gives a token out.</summary>
    public IssuedToken Issue(string? user, IEnumerable<TokenAccess> access, TimeSpan lifetime)
    {
        var token = new IssuedToken(
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24)), user, [.. access], Clock.GetUtcNow() + lifetime);
        _live[token.Value] = token;
        _issued.Enqueue(token);
        return token;
    }

    /// <summary>Makes all tokens invalid, whatever their lifetime, as a registry does whose key has changed.</summary>
    public void RevokeAll() => _live.Clear();

    /// <summary>Finds a token that still holds.</summary>
    public IssuedToken? Find(string value) => _live.TryGetValue(value, out var token) && token.Expires > Clock.GetUtcNow() ? token : null;
}
