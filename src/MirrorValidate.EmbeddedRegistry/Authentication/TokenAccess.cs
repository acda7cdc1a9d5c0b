using System.Collections.Immutable;

namespace MirrorValidate.Embedded;

/// <summary>
/// A resource and the actions on it, as a token scope names them: <c>repository:library/alpine:pull,push</c>.
/// </summary>
/// <param name="Type"><c>repository</c> or <c>registry</c>.</param>
/// <param name="Name">The repository's name, or <c>catalog</c>.</param>
/// <param name="Actions"><c>pull</c>, <c>push</c>, <c>delete</c>, <c>*</c>.</param>
public sealed record TokenAccess(string Type, string Name, ImmutableArray<string> Actions)
{
    /// <summary>Reads scopes separated by blanks; skips anything that is not a scope.</summary>
    public static IEnumerable<TokenAccess> ParseAll(IEnumerable<string?> scopes)
    {
        foreach (var scope in scopes.SelectMany(text => (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)))
        {
            var first = scope.IndexOf(':', StringComparison.Ordinal);
            var last = scope.LastIndexOf(':');
            if (first > 0 && last > first)
            {
                yield return new TokenAccess(
                    scope[..first],
                    scope[(first + 1)..last],
                    [.. scope[(last + 1)..].Split(',', StringSplitOptions.RemoveEmptyEntries)]);
            }
        }
    }

    /// <summary>Whether it allows <paramref name="action"/> on the resource.</summary>
    public bool Allows(string type, string name, string action) =>
        Type == type && Name == name && (Actions.Contains(action) || Actions.Contains("*"));

    /// <summary>Returns the scope as text.</summary>
    public override string ToString() => $"{Type}:{Name}:{string.Join(',', Actions)}";
}
