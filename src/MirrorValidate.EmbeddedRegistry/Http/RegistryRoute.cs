using System.Text.RegularExpressions;

namespace MirrorValidate.Embedded;

internal enum RouteKind
{
    None,
    Base,
    Token,
    Catalog,
    Manifest,
    Blob,
    Uploads,
    Upload,
    Tags,
    Referrers,
}

/// <summary>
/// A parsed path of the API. Paths are parsed from the end, since a repository's name may contain any word.
/// </summary>
/// <param name="Kind">The endpoint.</param>
/// <param name="Repository">The repository's name, or empty.</param>
/// <param name="Reference">Tag, digest or upload id, or empty.</param>
internal readonly partial record struct RegistryRoute(RouteKind Kind, string Repository = "", string Reference = "")
{
    private const string Prefix = "/v2/";
    private const string UploadsSuffix = "/blobs/uploads";
    private const string TagsSuffix = "/tags/list";

    public static RegistryRoute Parse(string path, string tokenPath)
    {
        if (!path.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return new(path == "/v2" ? RouteKind.Base : path == tokenPath ? RouteKind.Token : RouteKind.None);
        }

        if (path.Length == Prefix.Length)
        {
            return new(RouteKind.Base);
        }

        if (path == "/v2/_catalog")
        {
            return new(RouteKind.Catalog);
        }

        if (path.EndsWith(TagsSuffix, StringComparison.Ordinal))
        {
            return Named(RouteKind.Tags, path, path.Length - TagsSuffix.Length, "");
        }

        var last = path.LastIndexOf('/');
        var reference = path[(last + 1)..];
        var before = path.AsSpan(0, last);
        if (before.EndsWith(UploadsSuffix))
        {
            return Named(
                reference.Length == 0 ? RouteKind.Uploads : RouteKind.Upload, path, last - UploadsSuffix.Length,
                reference);
        }

        var start = before.LastIndexOf('/');
        var kind = before[(start + 1)..] switch
        {
            "manifests" => RouteKind.Manifest,
            "blobs" => reference == "uploads" ? RouteKind.Uploads : RouteKind.Blob,
            "referrers" => RouteKind.Referrers,
            _ => RouteKind.None,
        };
        return reference.Length == 0 ? default : Named(kind, path, start, reference);
    }

    /// <summary>Whether a name follows the grammar of the distribution-spec ("Pulling manifests").</summary>
    public static bool IsRepositoryName(string name) => name.Length <= 255 && NamePattern().IsMatch(name);

    /// <summary>Whether a tag follows the grammar of the distribution-spec.</summary>
    public static bool IsTag(string tag) => TagPattern().IsMatch(tag);

    private static RegistryRoute Named(RouteKind kind, string path, int end, string reference) =>
        kind == RouteKind.None || end <= Prefix.Length ? default : new(kind, path[Prefix.Length..end], reference);

    [GeneratedRegex(@"^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*\z")]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}\z")]
    private static partial Regex TagPattern();
}
