using MirrorValidate.References;
using Semver;

namespace MirrorValidate.ImageLists.OpenTags;

/// <summary>
/// Ranges of versions (semver.org) over tags: <c>&gt;=1.2 &lt;2</c>, <c>^1.2</c>, <c>~1.2.3</c>, <c>1.2.x</c>,
/// <c>1.2 - 1.5</c>, <c>!=1.2.3</c>. Blanks and commas join conditions, <c>||</c> alternatives. A tag may begin with
/// <c>v</c> and leave out minor and patch.
/// </summary>
internal static class TagVersions
{
    private const SemVersionStyles Tolerant =
        SemVersionStyles.AllowV | SemVersionStyles.OptionalMinorPatch | SemVersionStyles.AllowLeadingZeros;

    /// <summary>Matches tags whose version is in a range.</summary>
    /// <param name="range">The range.</param>
    /// <param name="prereleases">
    /// Whether pre-releases such as <c>2.0.0-rc.1</c> or <c>3.20-alpine</c> are compared like any version; if
    /// <see langword="null"/>, only with alternatives that name one themselves.
    /// </param>
    /// <exception cref="FormatException">The range cannot be read.</exception>
    internal static Func<string, bool> InRange(string range, bool? prereleases = null)
    {
        Func<SemVersion, bool>[] alternatives =
            [.. range.Split("||").Select(part => Alternative(range, part, prereleases))];
        return tag => VersionOf(tag) is { } version && Array.Exists(alternatives, holds => holds(version));
    }

    /// <summary>The version that a tag states; <see langword="null"/> for none.</summary>
    internal static SemVersion? VersionOf(string tag) =>
        SemVersion.TryParse(tag, Tolerant, out SemVersion? version) ? version : null;

    private static Func<SemVersion, bool> Alternative(string range, string part, bool? prereleases)
    {
        string[] conditions = Conditions(part);
        string[] excluded = [.. conditions.Where(one => one.StartsWith('!')).Select(one => one.TrimStart('!', '='))];
        string wanted = string.Join(' ', conditions.Where(one => !one.StartsWith('!')));
        bool all = prereleases ?? part.Contains('-', StringComparison.Ordinal) && !part.Contains(" - ", StringComparison.Ordinal);
        if (!SemVersionRange.TryParseNpm(wanted.Length == 0 ? "*" : wanted, all, out SemVersionRange? included))
            throw Invalid(range);
        SemVersionRange[] others =
        [
            .. excluded.Select(one => SemVersionRange.TryParseNpm(one, includeAllPrerelease: true, out SemVersionRange? other)
                ? other
                : throw Invalid(range)),
        ];
        return version => included.Contains(version) && !Array.Exists(others, other => other.Contains(version));
    }

    // npm's syntax has no commas and no v before a version after an operator.
    private static string[] Conditions(string part)
    {
        string[] words = part.Replace(',', ' ').Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var conditions = new List<string>();
        foreach (string word in words)
        {
            string condition = WithoutV(word.Replace("==", "=", StringComparison.Ordinal));
            // An operator may stand apart from its version.
            if (conditions.Count > 0 && conditions[^1].TrimEnd('<', '>', '=', '!', '~', '^').Length == 0)
                conditions[^1] += condition;
            else conditions.Add(condition);
        }

        return [.. conditions];
    }

    private static string WithoutV(string condition)
    {
        int start = condition.TakeWhile("<>=!~^".Contains).Count();
        return start < condition.Length && condition[start] is 'v' or 'V' ? condition.Remove(start, 1) : condition;
    }

    private static FormatException Invalid(string range) =>
        new($"\"{Printable.Of(range)}\" is not a range of versions (as in >=1.2 <2, ^1.2 or 1.2.x)");
}
