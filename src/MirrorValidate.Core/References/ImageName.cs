using System.Text.RegularExpressions;

namespace MirrorValidate.References;

/// <summary>
/// The parts of an image name as people write it, <c>[host/]path[:tag][@digest]</c>, without defaults for the registry,
/// project or tag. Follows the grammar of distribution/reference. A name may also be of an image in a store:
/// <c>TRANSPORT:PATH[:NAME]</c>, where the name is one as above or a tag alone.
/// </summary>
/// <param name="Host">The registry, if the name has one.</param>
/// <param name="Path">
/// The repository path: lower case, any number of components. Empty for an image in a store that is named by a tag, or
/// not at all.
/// </param>
/// <param name="Tag">The tag, if the name has one.</param>
/// <param name="Digest">The digest, if the name has one.</param>
internal sealed partial record ImageName(RegistryHost? Host, string Path, string? Tag, Digest? Digest)
{
    private const int MaximumPathLength = 255;

    /// <summary>The store that has the image; <see langword="null"/> for one in a registry.</summary>
    public StoreLocation? Store { get; init; }

    /// <summary>Parses a name.</summary>
    /// <exception cref="FormatException">
    /// The name does not match the grammar; the message names the invalid part.
    /// </exception>
    public static ImageName Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (StoreLocation.TryParse(text, out StoreLocation? store, out string inStore))
            return ParseInStore(inStore) with { Store = store };
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
                throw new FormatException(
                    $"\"{Printable.Of(rest[..slash])}\" in \"{Printable.Of(text)}\" is not a registry host "
                    + "(host[:port])");
            rest = rest[(slash + 1)..];
        }

        string? tag = null;
        int colon = rest.LastIndexOf(':');
        if (colon > rest.LastIndexOf('/'))
        {
            tag = rest[(colon + 1)..];
            if (!IsTag(tag))
                throw new FormatException(
                    $"\"{Printable.Of(tag)}\" in \"{Printable.Of(text)}\" is not a tag "
                    + "(letters, digits, _ . -, 128 at most)");
            rest = rest[..colon];
        }

        CheckPath(rest, text);
        return new ImageName(host, rest, tag, digest);
    }

    /// <summary>
    /// Whether a text is a tag: <c>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}</c> (distribution-spec, "Pulling manifests").
    /// </summary>
    public static bool IsTag(string text) => TagGrammar().IsMatch(text);

    /// <summary>Whether a text is a repository path of at most 255 characters.</summary>
    internal static bool IsPath(string text) => text.Length <= MaximumPathLength && PathGrammar().IsMatch(text);

    /// <summary>Returns <c>[host/]path[:tag][@digest]</c>, after the store if there is one.</summary>
    public override string ToString() =>
        $"{Store}{(Store is null || Path.Length == 0 ? "" : ":")}{(Host is null ? "" : Host.Name + "/")}{Path}"
        + $"{(Tag is null ? "" : ":" + Tag)}{(Digest is null ? "" : "@" + Digest)}";

    // Stores have full names, so a name here gets the defaults at once.
    private static ImageName ParseInStore(string text)
    {
        int at = text.LastIndexOf('@');
        string tag = at < 0 ? text : text[..at];
        if (tag.Length == 0 || IsTag(tag))
        {
            Digest? digest = at < 0 ? null : Digest.ParseInReference(text[(at + 1)..]);
            return new ImageName(Host: null, Path: "", tag.Length == 0 ? null : tag, digest);
        }

        ImageName name = Parse(text);
        if (name.Store is not null) throw new FormatException($"\"{Printable.Of(text)}\" is no name of an image");
        ImageReference full = new(name.Host ?? RegistryHost.DockerHub, name.Path, name.Tag, name.Digest);
        return name with { Host = full.Registry, Path = full.Repository };
    }

    private static void CheckPath(string path, string text)
    {
        if (path.Length == 0) throw new FormatException($"\"{Printable.Of(text)}\" has no repository name");
        if (path.Length > MaximumPathLength)
            throw new FormatException(
                $"the repository name in \"{Printable.Of(text)}\" is longer than {MaximumPathLength} characters");
        if (path.AsSpan().ContainsAnyInRange('A', 'Z'))
            throw new FormatException($"the repository name \"{Printable.Of(path)}\" must be lower case");
        if (!PathGrammar().IsMatch(path))
            throw new FormatException(
                $"\"{Printable.Of(path)}\" is not a repository name "
                + "(lower-case letters and digits, separated by . _ __ - and /)");
        // Only the bare text is ambiguous: with a host, a tag or a digest it can only be a name.
        if (Identifier().IsMatch(text)) throw new FormatException($"\"{path}\" is an image ID, not a repository name");
    }

    [GeneratedRegex(
        @"\A[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex PathGrammar();

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}\z", RegexOptions.CultureInvariant)]
    private static partial Regex TagGrammar();

    [GeneratedRegex(@"\A[a-f0-9]{64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Identifier();
}
