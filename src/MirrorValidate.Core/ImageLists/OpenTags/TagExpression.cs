using System.Text.RegularExpressions;
using MirrorValidate.References;

namespace MirrorValidate.ImageLists.OpenTags;

/// <summary>
/// Regular expressions for tags in Go's syntax (RE2, github.com/google/re2/wiki/Syntax), which mirroring tools use.
/// Matching takes time linear in the length of the tag.
/// </summary>
internal static partial class TagExpression
{
    private static readonly Dictionary<string, string> _classes = new(StringComparer.Ordinal)
    {
        ["alnum"] = "0-9A-Za-z",
        ["alpha"] = "A-Za-z",
        ["digit"] = "0-9",
        ["lower"] = "a-z",
        ["upper"] = "A-Z",
        ["xdigit"] = "0-9A-Fa-f",
        ["word"] = "0-9A-Za-z_",
        ["space"] = @"\s",
        ["punct"] = @"\-._",
    };

    /// <summary>Matches tags that an expression matches anywhere.</summary>
    /// <exception cref="FormatException">The expression cannot be read.</exception>
    internal static Func<string, bool> Anywhere(string expression) => Compile(expression, expression).IsMatch;

    /// <summary>Matches tags that an expression between <c>^</c> and <c>$</c> matches, as regsync does.</summary>
    /// <exception cref="FormatException">The expression cannot be read.</exception>
    internal static Func<string, bool> Whole(string expression) => Compile(expression, $"^{expression}$").IsMatch;

    /// <summary>Matches as <see cref="Whole"/> does; an anchor that is written is not put twice, as in dregsy.</summary>
    /// <exception cref="FormatException">The expression cannot be read.</exception>
    internal static Func<string, bool> Line(string expression) => Compile(
        expression,
        (expression.StartsWith('^') ? "" : "^") + expression + (expression.EndsWith('$') ? "" : "$")).IsMatch;

    private static Regex Compile(string expression, string anchored)
    {
        try
        {
            // Tags are ASCII, so that \d and \w mean the same in .NET and Go.
            return new Regex(
                NamedClass().Replace(anchored, found => _classes[found.Groups[1].Value]),
                RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or KeyNotFoundException)
        {
            throw new FormatException($"\"{Printable.Of(expression)}\" is not an expression that can be read", e);
        }
    }

    [GeneratedRegex(@"\[:(\^?[a-z]+):\]", RegexOptions.CultureInvariant)]
    private static partial Regex NamedClass();
}
