using System.Text.RegularExpressions;
using MirrorValidate.References;

namespace MirrorValidate.Tags;

/// <summary>
/// A range of versions as dregsy reads it (blang/semver 4, "Ranges"): comparisons of full versions, <c>1.x</c> and
/// <c>1.2.x</c>, blanks for "and", <c>||</c> for "or". A prerelease is compared like any version.
/// </summary>
internal sealed partial class DregsyRange
{
    private readonly IReadOnlyList<IReadOnlyList<VersionBound>> _alternatives;

    private DregsyRange(IReadOnlyList<IReadOnlyList<VersionBound>> alternatives) => _alternatives = alternatives;

    /// <summary>Reads a range.</summary>
    /// <exception cref="FormatException">The text is no range; the message quotes the part.</exception>
    internal static DregsyRange Parse(string text) =>
        new([.. text.Split("||").Select(alternative => ParseAlternative(alternative, text))]);

    /// <summary>Whether a tag is a version in the range.</summary>
    internal bool Includes(string tag) => VersionOf(tag) is { } version && _alternatives.Any(bounds =>
        bounds.All(bound => bound.Includes(version, PrereleaseOrder.Semantic)));

    /// <summary>The version that a tag is: a short one has no prerelease.</summary>
    /// <returns><see langword="null"/> if it is none.</returns>
    internal static TagVersion? VersionOf(string tag) =>
        TagVersion.TryParseSemantic(tag) is { } version && (version.Numbers.Count == 3 || !version.IsPrerelease)
            ? version
            : null;

    private static VersionBound[] ParseAlternative(string text, string range)
    {
        string[] parts = AfterOperator().Replace(text, "$1")
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 0
            ? throw new FormatException($"\"{Printable.Of(range)}\" is not a range of versions: a part of it is empty")
            : [.. parts.SelectMany(part => ParsePart(part, range))];
    }

    private static VersionBound[] ParsePart(string part, string range)
    {
        Match match = Grammar().Match(part);
        string text = match.Groups["version"].Value;
        bool hasWildcard = text.EndsWith(".x", StringComparison.Ordinal);
        string numbers = hasWildcard ? text.Replace(".x", "", StringComparison.Ordinal) : text;
        bool isVersion = match.Success && numbers.Length > 0 && char.IsAsciiDigit(numbers[0]);
        TagVersion? version = isVersion ? TagVersion.TryParseSemantic(numbers) : null;
        if (version is null || (version.Numbers.Count == 3) == hasWildcard || (hasWildcard && version.IsPrerelease))
        {
            throw new FormatException(
                $"\"{Printable.Of(part)}\" in \"{Printable.Of(range)}\" is not a range of versions "
                + "(>=1.2.0, <2.0.0, 1.x, 1.2.x)");
        }

        string comparison = match.Groups["operator"].Value switch
        {
            "" or "==" => "=",
            "!" => "!=",
            var other => other,
        };
        return hasWildcard ? Expand(comparison, version) : [new VersionBound(comparison, version)];
    }

    // 1.2.x is from 1.2.0 to before 1.3.0.
    private static VersionBound[] Expand(string comparison, TagVersion start)
    {
        ulong[] numbers = [.. start.Numbers];
        numbers[^1]++;
        var end = new TagVersion(numbers, Prerelease: "");
        return comparison switch
        {
            "=" => [new VersionBound(">=", start), new VersionBound("<", end)],
            "!=" => [new VersionBound("<", start), new VersionBound(">=", end)],
            ">" => [new VersionBound(">=", end)],
            "<=" => [new VersionBound("<", end)],
            _ => [new VersionBound(comparison, start)],
        };
    }

    [GeneratedRegex(@"([=<>])\s+", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex AfterOperator();

    [GeneratedRegex(
        @"\A(?<operator>>=|<=|!=|==|>|<|=|!)?(?<version>.*)\z",
        RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Grammar();
}
