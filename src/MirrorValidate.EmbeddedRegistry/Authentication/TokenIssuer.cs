using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace MirrorValidate.Embedded;

/// <summary>Issues tokens and recognizes them. Safe for concurrent use; may be shared by several registries.</summary>
public sealed class TokenIssuer
{
    private readonly ConcurrentDictionary<string, IssuedToken> _live = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<IssuedToken> _issued = new();

    /// <summary>The clock for the expiry of tokens.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>All issued tokens, in order.</summary>
    public IReadOnlyList<IssuedToken> Issued => [.. _issued];

    /// <summary>Issues a token.</summary>
    public IssuedToken Issue(string? user, IEnumerable<TokenAccess> access, TimeSpan lifetime)
    {
        var token = new IssuedToken(
            RandomNumberGenerator.GetHexString(48, lowercase: true), user, [.. access],
            Clock.GetUtcNow() + lifetime);
        _live[token.Value] = token;
        _issued.Enqueue(token);
        return token;
    }

    /// <summary>Invalidates all tokens regardless of their lifetime, like a registry whose key has changed.</summary>
    public void RevokeAll() => _live.Clear();

    /// <summary>Finds a token that is still valid.</summary>
    public IssuedToken? Find(string value) =>
        _live.TryGetValue(value, out var token) && token.Expires > Clock.GetUtcNow() ? token : null;
}
