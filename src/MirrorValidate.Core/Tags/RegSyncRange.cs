using System.Text.RegularExpressions;
using MirrorValidate.References;

namespace MirrorValidate.Tags;

/// <summary>
/// A range of versions as regsync reads it (regclient, internal/semver): comparisons, <c>^</c> and <c>~</c>, with
/// blanks between them for "and". A version may have any number of numbers, those left out are 0, and a prerelease is
/// compared like any version: <c>2.0.0-alpine</c> comes before 2.0.0.
/// </summary>
internal sealed partial class RegSyncRange
{
    private readonly IReadOnlyList<VersionBound> _bounds;

    private RegSyncRange(IReadOnlyList<VersionBound> bounds) => _bounds = bounds;

    /// <summary>Reads a range.</summary>
    /// <exception cref="FormatException">The text is no range; the message quotes the part.</exception>
    internal static RegSyncRange Parse(string text)
    {
        string[] parts = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 0
            ? throw new FormatException("a range of versions is empty")
            : new RegSyncRange([.. parts.SelectMany(part => ParsePart(part, text))]);
    }

    /// <summary>Whether a tag is a version in the range.</summary>
    internal bool Includes(string tag) => TagVersion.TryParse(tag) is { } version
        && _bounds.All(bound => bound.Includes(version, PrereleaseOrder.Natural));

    private static VersionBound[] ParsePart(string part, string range)
    {
        Match match = Grammar().Match(part);
        if (TagVersion.TryParse(match.Groups["version"].Value) is not { } version)
        {
            throw new FormatException(
                $"\"{Printable.Of(part)}\" in \"{Printable.Of(range)}\" is not a range of versions "
                + "(>=1.2, <2, ^1.2, ~1.2)");
        }

        return match.Groups["operator"].Value switch
        {
            "^" => [new VersionBound(">=", version), new VersionBound("<", AfterCaret(version))],
            "~" =>
            [
                new VersionBound(">=", version),
                new VersionBound("<", Release(version.Major, version.Minor + 1, 0)),
            ],
            "" => [new VersionBound("=", version)],
            var comparison => [new VersionBound(comparison, version)],
        };
    }

    private static TagVersion AfterCaret(TagVersion version) => version switch
    {
        { Major: > 0 } => Release(version.Major + 1, 0, 0),
        { Minor: > 0 } => Release(0, version.Minor + 1, 0),
        _ => Release(0, 0, version.Patch + 1),
    };

    private static TagVersion Release(params ulong[] numbers) => new(numbers, Prerelease: "");

    [GeneratedRegex(
        @"\A(?<operator>>=|<=|>|<|=|\^|~)?(?<version>.*)\z", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Grammar();
}
