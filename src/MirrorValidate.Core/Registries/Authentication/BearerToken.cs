namespace MirrorValidate.Registries.Authentication;

/// <summary>A token and its end. A class of its own, not a record, so that it never prints its value.</summary>
internal sealed class BearerToken(string value, DateTimeOffset renewAt)
{
    internal string Value => value;

    internal bool IsAlive => DateTimeOffset.UtcNow < renewAt;
}
