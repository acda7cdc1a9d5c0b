using System.Text.RegularExpressions;
using MirrorValidate.Tags;

namespace MirrorValidate.PowerShell.Tags;

/// <summary>Selects tags as the parameters of <c>Get-ImageTag</c> say.</summary>
/// <param name="match">A tag must match one of them; none selects all.</param>
/// <param name="exclude">A tag must match none of them.</param>
/// <param name="ranges">A tag must be a version in one of them; none selects all.</param>
internal sealed class TagFilter(
    IReadOnlyList<Regex> match, IReadOnlyList<Regex> exclude, IReadOnlyList<SemVerRange> ranges)
{
    /// <summary>Whether a tag is selected.</summary>
    /// <exception cref="RegexMatchTimeoutException">Matching an expression takes too long.</exception>
    internal bool Includes(string tag) =>
        (ranges.Count == 0 || ranges.Any(range => range.Includes(tag)))
        && (match.Count == 0 || match.Any(one => one.IsMatch(tag)))
        && !exclude.Any(one => one.IsMatch(tag));
}
