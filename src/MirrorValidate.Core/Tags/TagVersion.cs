using System.Globalization;
using System.Text.RegularExpressions;

namespace MirrorValidate.Tags;

/// <summary>The version that a tag or a range states: numbers, and a prerelease after a hyphen.</summary>
/// <param name="Numbers">Major, minor, patch and further numbers, as far as they are written.</param>
/// <param name="Prerelease">What follows the hyphen; empty for a release.</param>
internal sealed partial record TagVersion(IReadOnlyList<ulong> Numbers, string Prerelease)
{
    internal bool IsPrerelease => Prerelease.Length > 0;

    internal ulong Major => this[0];

    internal ulong Minor => this[1];

    internal ulong Patch => this[2];

    /// <summary>A number; 0 where it is not written.</summary>
    internal ulong this[int index] => index < Numbers.Count ? Numbers[index] : 0;

    /// <summary>
    /// Reads <c>[v]N[.N...][-PRERELEASE][+BUILD]</c>, any number of numbers and any text as prerelease. No tag has a
    /// plus sign.
    /// </summary>
    /// <returns><see langword="null"/> if the text is no version.</returns>
    internal static TagVersion? TryParse(string text)
    {
        Match match = Grammar().Match(text);
        if (!match.Success) return null;
        string[] parts = match.Groups["numbers"].Value.Split('.');
        var numbers = new ulong[parts.Length];
        for (int index = 0; index < parts.Length; index++)
        {
            if (!ulong.TryParse(parts[index], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[index]))
                return null;
        }

        return new TagVersion(numbers, match.Groups["prerelease"].Value);
    }

    /// <summary>Reads at most three numbers, and a prerelease of semantic versioning (semver.org, section 9).</summary>
    /// <returns><see langword="null"/> if the text is no such version.</returns>
    internal static TagVersion? TryParseSemantic(string text) =>
        TryParse(text) is { Numbers.Count: <= 3 } version && SemanticPrerelease().IsMatch(version.Prerelease)
            ? version
            : null;

    /// <summary>Which of two versions is later.</summary>
    /// <param name="other">The other version.</param>
    /// <param name="prereleases">Compares prereleases, neither of them empty.</param>
    internal int CompareTo(TagVersion other, Comparison<string> prereleases)
    {
        for (int index = 0; index < Math.Max(Numbers.Count, other.Numbers.Count); index++)
        {
            if (this[index].CompareTo(other[index]) is not 0 and int order) return order;
        }

        return IsPrerelease && other.IsPrerelease
            ? prereleases(Prerelease, other.Prerelease)
            : other.IsPrerelease.CompareTo(IsPrerelease);
    }

    /// <summary>Which of two versions is later by semantic versioning (semver.org, section 11).</summary>
    internal int CompareTo(TagVersion other) => CompareTo(other, PrereleaseOrder.Semantic);

    [GeneratedRegex(
        @"\Av?(?<numbers>[0-9]+(?:\.[0-9]+)*)(?:-(?<prerelease>[^+]*))?(?:\+.*)?\z",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Grammar();

    [GeneratedRegex(
        @"\A(?:(?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)(?:\.(?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*))*)?\z",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex SemanticPrerelease();
}
