using System.Text.RegularExpressions;
using MirrorValidate.References;

namespace MirrorValidate.Tags;

/// <summary>
/// A range of versions as skopeo and helm read it (Masterminds/semver 3, README, "Checking Version Constraints"):
/// <c>=</c>, <c>!=</c>, <c>&gt;</c>, <c>&gt;=</c>, <c>&lt;</c>, <c>&lt;=</c>, <c>~</c>, <c>^</c>, <c>1.2.x</c>,
/// <c>1.2 - 1.4</c>; blanks or commas for "and", <c>||</c> for "or". Prereleases are only in a range that names one:
/// <c>1.27-alpine</c> is a prerelease of 1.27.0.
/// </summary>
internal sealed partial class SemVerRange
{
    private readonly IReadOnlyList<IReadOnlyList<Bound>> _alternatives;

    private SemVerRange(IReadOnlyList<IReadOnlyList<Bound>> alternatives) => _alternatives = alternatives;

    /// <summary>Reads a range.</summary>
    /// <exception cref="FormatException">The text is no range; the message quotes the part.</exception>
    internal static SemVerRange Parse(string text) =>
        new([.. text.Split("||").Select(alternative => ParseAlternative(alternative, text))]);

    /// <summary>Whether a tag is a version in the range. <c>v1.2.3</c>, <c>1.2</c> and <c>1</c> are versions.</summary>
    internal bool Includes(string tag) =>
        TagVersion.TryParseSemantic(tag) is { } version && _alternatives.Any(bounds =>
            (!version.IsPrerelease || bounds.Any(bound => bound.Version.IsPrerelease))
            && bounds.All(bound => bound.Includes(version)));

    private static Bound[] ParseAlternative(string text, string range)
    {
        // The operator may stand apart from its version, the hyphen between two versions does.
        string joined = AfterOperator().Replace(text, "$1");
        string[] parts = Hyphen().Replace(joined, ">=$1 <=$2")
            .Split([' ', '\t', ','], StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 0
            ? throw new FormatException($"\"{Printable.Of(range)}\" is not a range of versions: a part of it is empty")
            : [.. parts.Select(part => Bound.Parse(part, range))];
    }

    [GeneratedRegex(@"([=!<>~^])\s+", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex AfterOperator();

    [GeneratedRegex(@"(\S+)\s+-\s+(\S+)", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Hyphen();

    /// <summary>An operator and a version, of which the last parts may be left out.</summary>
    /// <param name="Operator">The operator; empty for none.</param>
    /// <param name="Version">The version; its numbers are those that are written.</param>
    private sealed partial record Bound(string Operator, TagVersion Version)
    {
        private int Written => Version.Numbers.Count;

        internal static Bound Parse(string text, string range)
        {
            Match match = Grammar().Match(text);
            string[] numbers = [.. match.Groups["number"].Captures.Select(capture => capture.Value)];
            // 1.x.3 is 1.x.
            int wildcard = Array.FindIndex(numbers, number => number is "x" or "X" or "*");
            string[] written = wildcard < 0 ? numbers : numbers[..wildcard];
            string prerelease = match.Groups["prerelease"].Value;
            string version = string.Join('.', written.Length == 0 ? ["0"] : written);
            TagVersion? parsed =
                TagVersion.TryParseSemantic(prerelease.Length == 0 ? version : $"{version}-{prerelease}");
            if (written.Length == 0) parsed = parsed is null ? null : parsed with { Numbers = [] };
            return match.Success && parsed is not null
                ? new Bound(match.Groups["operator"].Value, parsed)
                : throw new FormatException(
                    $"\"{Printable.Of(text)}\" in \"{Printable.Of(range)}\" is not a range of versions "
                    + "(>=1.2, <2, ~1.2, ^1.2, 1.2.x, 1.2 - 1.4)");
        }

        internal bool Includes(TagVersion version) => Operator switch
        {
            "" or "=" => Written < 3 ? IsWithinTilde(version) : version.CompareTo(Version) == 0,
            "!=" => Written < 3 ? !IsSame(version) : version.CompareTo(Version) != 0,
            ">" => Written < 3 ? CompareNumbers(version) > 0 : version.CompareTo(Version) > 0,
            ">=" or "=>" => version.CompareTo(Version) >= 0,
            "<" => version.CompareTo(Version) < 0,
            "<=" or "=<" => Written < 3 ? CompareNumbers(version) <= 0 : version.CompareTo(Version) <= 0,
            "~" or "~>" => IsWithinTilde(version),
            _ => IsWithinCaret(version),
        };

        // ~1.2.3 and ~1.2 stay within 1.2, ~1 within 1; ~0.0.0 is any version.
        private bool IsWithinTilde(TagVersion version)
        {
            bool isAny = Written == 3 && Version is { Major: 0, Minor: 0, Patch: 0 };
            return version.CompareTo(Version) >= 0 && (isAny || HasSameNumbers(version, Math.Min(Written, 2)));
        }

        // ^1.2.3 stays within 1, ^0.2.3 within 0.2, ^0.0.3 within 0.0.3: the first number that is not 0.
        private bool IsWithinCaret(TagVersion version)
        {
            int fixedNumbers = Version switch
            {
                { Major: > 0 } => 1,
                { Minor: > 0 } => 2,
                _ => 3,
            };
            return version.CompareTo(Version) >= 0 && HasSameNumbers(version, Math.Min(Written, fixedNumbers));
        }

        private bool HasSameNumbers(TagVersion version, int count) =>
            Enumerable.Range(0, count).All(index => version[index] == Version[index]);

        // 1.2.9 is 1.2, 1.2.9-rc is not.
        private bool IsSame(TagVersion version) =>
            HasSameNumbers(version, Written) && (Written < 2 || version.Prerelease == Version.Prerelease);

        // By the numbers that are written: 1.2.9 is 1.2.
        private int CompareNumbers(TagVersion version) => Enumerable.Range(0, Written)
            .Select(index => version[index].CompareTo(Version[index]))
            .FirstOrDefault(order => order != 0);

        [GeneratedRegex(
            @"\A(?<operator>=|!=|>=|=>|<=|=<|~>|>|<|~|\^)?v?(?<number>[0-9]+|[xX*])(?:\.(?<number>[0-9]+|[xX*])){0,2}"
            + @"(?:-(?<prerelease>[0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?\z",
            RegexOptions.CultureInvariant)]
        private static partial Regex Grammar();
    }
}
