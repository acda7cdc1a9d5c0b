namespace MirrorValidate.Registries.Authentication;

/// <summary>A bearer token. Not a record, so that it never prints its value.</summary>
/// <param name="value">The token.</param>
/// <param name="renewAt">When to request a new one, shortly before it expires.</param>
/// <param name="clock">Tells the time.</param>
internal sealed class BearerToken(string value, DateTimeOffset renewAt, TimeProvider clock)
{
    internal string Value => value;

    internal bool IsAlive => clock.GetUtcNow() < renewAt;
}
