using MirrorValidate.ImageLists.OpenTags;
using MirrorValidate.References;

namespace MirrorValidate.ImageLists.Formats;

/// <summary>
/// The <c>tags</c> of a dregsy mapping (its README, "Tag Filtering" and "Pruning"): tags, <c>regex:</c> and
/// <c>semver:</c>, any of which may match, and <c>keep:</c>, all of which must match what is not named.
/// </summary>
/// <param name="tags">The tags of the mapping.</param>
internal sealed class DregsyTags(IReadOnlyList<DocumentNode> tags)
{
    private const string Regex = "regex:";
    private const string Semver = "semver:";
    private const string Keep = "keep:";

    /// <summary>Whether a text is a filter on the other tags, and no tag itself.</summary>
    internal static bool IsKeep(string? text) => text?.TrimStart().StartsWith(Keep, StringComparison.Ordinal) == true;

    /// <summary>The tags that an expression or range means.</summary>
    /// <exception cref="FormatException">It cannot be read, or dregsy counts the tags in the end.</exception>
    internal TagChoice ChoiceOf(string text)
    {
        string[] keeps = [.. tags.Select(tag => tag.Text ?? "").Where(IsKeep).Select(keep => keep.Trim()[Keep.Length..])];
        if (keeps.Any(keep => keep.TrimStart().StartsWith("latest ", StringComparison.Ordinal)))
            throw new FormatException($"\"keep: latest\" is not resolved: {Advice.NameTagsInList}");
        return new TagChoice
        {
            Text = text,
            Any = [MatchOf(text)],
            Each = [.. keeps.Select(Expression)],
            Except = ExceptBefore(text),
        };
    }

    // What is named, or matched by an earlier expression, has its entry there.
    private Func<string, bool> ExceptBefore(string text)
    {
        string[] texts = [.. tags.Select(tag => tag.Text ?? "").Where(one => !IsKeep(one))];
        HashSet<string> named = [.. texts.Where(ImageTag.IsTagOrDigest)];
        Func<string, bool>[] earlier =
            [.. texts.TakeWhile(one => one != text).Where(one => !named.Contains(one)).Select(MatchOf)];
        return tag => named.Contains(tag) || Array.Exists(earlier, matches => matches(tag));
    }

    private static Func<string, bool> MatchOf(string text)
    {
        string trimmed = text.Trim();
        if (trimmed.StartsWith(Regex, StringComparison.Ordinal)) return Expression(trimmed[Regex.Length..]);
        return trimmed.StartsWith(Semver, StringComparison.Ordinal)
            ? TagVersions.InRange(trimmed[Semver.Length..], prereleases: true)
            : throw new FormatException($"\"{Printable.Of(text)}\" is neither a tag nor \"regex:\" or \"semver:\"");
    }

    // An expression after ! matches what it does not match.
    private static Func<string, bool> Expression(string text)
    {
        string expression = text.Trim();
        if (!expression.StartsWith('!')) return TagExpression.Line(expression);
        Func<string, bool> matches = TagExpression.Line(expression[1..].Trim());
        return tag => !matches(tag);
    }
}
