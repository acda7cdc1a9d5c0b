using System.Text.RegularExpressions;

namespace MirrorValidate.Registries.Transport;

/// <summary>Reads <c>Link</c> headers (RFC 8288, section 3).</summary>
internal static partial class LinkHeader
{
    /// <summary>The target of the link to the next page; <see langword="null"/> if there is none.</summary>
    internal static string? Next(IEnumerable<string> headers) => headers
        .SelectMany(header => Link().Matches(header))
        .FirstOrDefault(link => Relation().Matches(link.Groups["parameters"].Value)
            .SelectMany(relation => relation.Groups["relation"].Value.Split(' '))
            .Contains("next", StringComparer.OrdinalIgnoreCase))?.Groups["target"].Value.Trim();

    [GeneratedRegex(
        """<(?<target>[^<>]*)>(?<parameters>(?:\s*;\s*[^\s=;,]+(?:\s*=\s*(?:"[^"]*"|[^",;\s]*))?)*)""",
        RegexOptions.CultureInvariant)]
    private static partial Regex Link();

    [GeneratedRegex(
        """(?i);\s*rel\s*=\s*(?:"(?<relation>[^"]*)"|(?<relation>[^",;\s]+))""",
        RegexOptions.CultureInvariant)]
    private static partial Regex Relation();
}
