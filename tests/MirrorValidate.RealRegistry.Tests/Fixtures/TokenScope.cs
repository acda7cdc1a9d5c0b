namespace MirrorValidate.RealRegistry.Tests.Fixtures;

/// <summary>
/// A resource and the allowed actions: <c>repository:NAME:pull,push</c> (distribution's docs/spec/auth/scope.md).
/// </summary>
public sealed record TokenScope(string Type, string Name, IReadOnlyList<string> Actions)
{
    public static TokenScope Parse(string text)
    {
        // The name may contain colons: host:port/name.
        var first = text.IndexOf(':', StringComparison.Ordinal);
        var last = text.LastIndexOf(':');
        return new TokenScope(text[..first], text[(first + 1)..last], text[(last + 1)..].Split(','));
    }

    public override string ToString() => $"{Type}:{Name}:{string.Join(',', Actions)}";
}
