namespace MirrorValidate.Registries.Authentication;

/// <summary>
/// Scopes of tokens (distribution docs, spec/auth/scope.md): <c>repository:NAME:pull</c>, several separated by blanks.
/// They are for reading only, whatever a challenge asks for.
/// </summary>
internal static class TokenScope
{
    private const int MaximumLength = 1024;

    /// <summary>The scope for reading a repository.</summary>
    internal static string Of(string repository) => $"repository:{repository}:pull";

    /// <summary>
    /// The scope that answers a challenge. A front that rewrites names lets its challenges name the repository behind
    /// it; a token for the name in front would open nothing.
    /// </summary>
    /// <param name="challenge">The challenge.</param>
    /// <param name="repository">The repository in the request.</param>
    internal static string Of(Challenge challenge, string repository)
    {
        string own = Of(repository);
        if (challenge["scope"] is not { Length: > 0 and <= MaximumLength } scope) return own;
        string[] scopes =
        [
            .. scope.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(ForReading).OfType<string>().Distinct(),
        ];
        return scopes.Length == 0 || scopes.Contains(own) ? own : string.Join(' ', scopes);
    }

    // TYPE:NAME:ACTIONS, the type with an optional class in brackets. A name may hold colons. Null for other types.
    private static string? ForReading(string scope)
    {
        int first = scope.IndexOf(':', StringComparison.Ordinal);
        int last = scope.LastIndexOf(':');
        if (last <= first + 1) return null;
        string type = scope[..first];
        bool isRepository = type == "repository" || type.StartsWith("repository(", StringComparison.Ordinal);
        bool isRead = scope[(last + 1)..].Split(',').Any(action => action is "pull" or "*");
        return isRepository && isRead ? $"{scope[..last]}:pull" : null;
    }
}
