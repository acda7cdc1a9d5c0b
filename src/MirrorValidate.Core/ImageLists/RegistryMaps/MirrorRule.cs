namespace MirrorValidate.ImageLists.RegistryMaps;

/// <summary>Where images whose names begin alike were mirrored to.</summary>
/// <param name="Prefix"> How the names begin, <c>registry[/path]</c>, at the end of a component; or <c>*.domain</c> for
/// every registry below a domain. </param>
/// <param name="Mirrors">What stands in place of the prefix, <c>registry[/path]</c>, one or several.</param>
/// <param name="Scope">Which references are meant.</param>
internal sealed record MirrorRule(string Prefix, IReadOnlyList<string> Mirrors, MirrorScope Scope)
{
    /// <summary>Whether the prefix is a domain, and not a registry.</summary>
    internal bool IsWildcard => Prefix.StartsWith("*.", StringComparison.Ordinal);

    /// <summary>How much of a name the prefix stands for; 0 where the name does not begin so.</summary>
    /// <param name="name">The name, <c>registry/repository</c>.</param>
    internal int Match(string name)
    {
        if (IsWildcard)
        {
            int host = name.IndexOf('/', StringComparison.Ordinal);
            return name.AsSpan(0, host).EndsWith(Prefix.AsSpan(1), StringComparison.OrdinalIgnoreCase) ? host : 0;
        }

        return name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
            && (name.Length == Prefix.Length || name[Prefix.Length] == '/')
            ? Prefix.Length
            : 0;
    }
}
