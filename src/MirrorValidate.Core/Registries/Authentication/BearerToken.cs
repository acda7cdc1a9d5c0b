namespace MirrorValidate.Registries.Authentication;

/// <summary>A bearer token. Not a record, so that it never prints its value.</summary>
/// <param name="value">The token.</param>
/// <param name="renewAt">When to request a new one, shortly before it expires.</param>
internal sealed class BearerToken(string value, DateTimeOffset renewAt)
{
    internal string Value => value;

    internal bool IsAlive => DateTimeOffset.UtcNow < renewAt;
}
