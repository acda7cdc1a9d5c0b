using System.Collections.Immutable;

namespace MirrorValidate.Embedded;

/// <summary>A token that was given out.</summary>
/// <param name="Value">The token.</param>
/// <param name="User">Whose it is; null: anonymous.</param>
/// <param name="Access">What it grants.</param>
/// <param name="Expires">When it ends.</param>
public sealed record IssuedToken(string Value, string? User, ImmutableArray<TokenAccess> Access, DateTimeOffset Expires)
{
    /// <summary>The grants, without the token itself.</summary>
    public override string ToString() => $"{User ?? "anonymous"}: {string.Join(' ', Access)}";
}
