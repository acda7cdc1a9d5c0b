using System.Text.RegularExpressions;

namespace MirrorValidate.References;

/// <summary>
/// An image name as people write it, <c>[host/]path[:tag][@digest]</c>, taken apart but not yet completed: no default
/// registry, project or tag is put in. Follows the grammar of distribution/reference.
/// </summary>
/// <param name="Host">The registry, where the name has one.</param>
/// <param name="Path">The repository path, lower case, of any depth.</param>
/// <param name="Tag">The tag, where the name has one.</param>
/// <param name="Digest">The digest, where the name has one.</param>
internal sealed partial record ImageName(RegistryHost? Host, string Path, string? Tag, Digest? Digest)
{
    private const int MaximumPathLength = 255;

    /// <summary>Takes a name apart.</summary>
    /// <exception cref="FormatException">The name does not follow the grammar; the message names the part at fault.</exception>
    public static ImageName Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string rest = text;
        Digest? digest = null;
        int at = rest.IndexOf('@', StringComparison.Ordinal);
        if (at >= 0)
        {
            digest = Digest.ParseInReference(rest[(at + 1)..]);
            rest = rest[..at];
        }

        RegistryHost? host = null;
        int slash = rest.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0 && RegistryHost.IsHostComponent(rest.AsSpan(0, slash)))
        {
            if (!RegistryHost.TryParse(rest[..slash], out host))
                throw new FormatException($"\"{Printable.Of(rest[..slash])}\" in \"{Printable.Of(text)}\" is not a registry host (host[:port])");
            rest = rest[(slash + 1)..];
        }

        string? tag = null;
        int colon = rest.LastIndexOf(':');
        if (colon > rest.LastIndexOf('/'))
        {
            tag = rest[(colon + 1)..];
            if (!IsTag(tag))
                throw new FormatException($"\"{Printable.Of(tag)}\" in \"{Printable.Of(text)}\" is not a tag (letters, digits, _ . -, 128 at most)");
            rest = rest[..colon];
        }

        CheckPath(rest, text);
        return new ImageName(host, rest, tag, digest);
    }

    /// <summary>Whether a text is a tag: <c>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}</c> (distribution-spec, "Pulling manifests").</summary>
    public static bool IsTag(string text) => TagGrammar().IsMatch(text);

    /// <summary>Whether a text is a repository path, of 255 characters at most.</summary>
    internal static bool IsPath(string text) => text.Length <= MaximumPathLength && PathGrammar().IsMatch(text);

    /// <summary>The name as it is written.</summary>
    public override string ToString() =>
        $"{(Host is null ? "" : Host.Name + "/")}{Path}{(Tag is null ? "" : ":" + Tag)}{(Digest is null ? "" : "@" + Digest)}";

    private static void CheckPath(string path, string text)
    {
        if (path.Length == 0) throw new FormatException($"\"{Printable.Of(text)}\" has no repository name");
        if (path.Length > MaximumPathLength)
            throw new FormatException($"the repository name in \"{Printable.Of(text)}\" is longer than {MaximumPathLength} characters");
        if (path.AsSpan().ContainsAnyInRange('A', 'Z'))
            throw new FormatException($"the repository name \"{Printable.Of(path)}\" must be lower case");
        if (!PathGrammar().IsMatch(path))
            throw new FormatException($"\"{Printable.Of(path)}\" is not a repository name (lower-case letters and digits, separated by . _ __ - and /)");
        // Only alone: with a host, a tag or a digest it can be nothing but a name.
        if (Identifier().IsMatch(text)) throw new FormatException($"\"{path}\" is an image ID, not a repository name");
    }

    [GeneratedRegex(@"\A[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex PathGrammar();

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}\z", RegexOptions.CultureInvariant)]
    private static partial Regex TagGrammar();

    [GeneratedRegex(@"\A[a-f0-9]{64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Identifier();
}
