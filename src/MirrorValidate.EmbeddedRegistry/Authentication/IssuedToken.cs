using System.Collections.Immutable;

namespace MirrorValidate.Embedded;

/// <summary>An issued token.</summary>
/// <param name="Value">The token.</param>
/// <param name="User">The user; null: anonymous.</param>
/// <param name="Access">The access that it grants.</param>
/// <param name="Expires">When it expires.</param>
public sealed record IssuedToken(string Value, string? User, ImmutableArray<TokenAccess> Access, DateTimeOffset Expires)
{
    /// <summary>Returns the user and the access, without the token.</summary>
    public override string ToString() => $"{User ?? "anonymous"}: {string.Join(' ', Access)}";
}
