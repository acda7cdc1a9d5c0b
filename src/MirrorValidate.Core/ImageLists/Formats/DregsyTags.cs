using System.Globalization;
using System.Text.RegularExpressions;
using MirrorValidate.ImageLists.Expansion;
using MirrorValidate.References;
using MirrorValidate.Tags;

namespace MirrorValidate.ImageLists.Formats;

/// <summary>
/// The tags of a dregsy mapping (its README, "Tag Filtering" and "Tag Set Pruning"): tags, <c>semver:</c> and
/// <c>regex:</c> add up; without any of them, all tags are meant. <c>keep:</c> removes tags that are not named,
/// <c>keep: latest n</c> any tags. A <c>!</c> before an expression inverts it.
/// </summary>
internal sealed partial class DregsyTags
{
    private const string SemVer = "semver:";
    private const string Expression = "regex:";
    private const string Keep = "keep:";

    private readonly List<TagItem> _items = [];
    private readonly List<Func<string, bool>> _kept = [];
    private int? _latest;

    /// <summary>The tags in the order of the file.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="nodes">Its tags.</param>
    internal static IEnumerable<TagItem> Read(DocumentNode mapping, IEnumerable<DocumentNode> nodes)
    {
        var tags = new DregsyTags();
        foreach (DocumentNode node in nodes) tags.Add(node.Line, (node.Text ?? "").Trim());
        return tags.All(mapping.Line);
    }

    private TagItem[] All(int line)
    {
        if (_items.Count == 0) _items.Add(new TagItem(line, "") { Open = TagChoice.All });
        TagItem[] items =
        [
            .. _items.Select(item =>
                item with { Open = item.Open?.And(tag => _kept.TrueForAll(keeps => keeps(tag))) }),
        ];
        if (_latest is not { } count) return items;
        string[] named = [.. items.Where(item => item.IsTag).Select(item => item.Text)];
        IEnumerable<string> Select(IReadOnlyList<string> tags) => Latest(
            [.. items.SelectMany(item => item.Open?.Select(tags) ?? []).Concat(named).Distinct()], count);
        return
        [
            .. items.Where(item => item.Problem is not null),
            new TagItem(line, "") { Open = new TagChoice($"that are the latest {count}", Select) },
        ];
    }

    private void Add(int line, string text)
    {
        try
        {
            if (KeepLatest().Match(text) is { Success: true } latest) _latest = CountOf(latest);
            else if (After(Keep, text) is { } kept) _kept.Add(Matcher(kept));
            else _items.Add(ReadItem(line, text));
        }
        catch (FormatException e)
        {
            _items.Add(new TagItem(line, text) { Problem = e.Message });
        }
    }

    private static TagItem ReadItem(int line, string text)
    {
        var item = new TagItem(line, text);
        if (After(SemVer, text) is { } range)
            return item with { Open = TagChoice.Within(range, DregsyRange.Parse(range).Includes) };
        if (After(Expression, text) is { } expression)
        {
            string description = $"that match \"{Printable.Of(expression)}\"";
            return item with { Open = TagChoice.Where(description, Matcher(expression)) };
        }

        return ImageTag.IsTagOrDigest(text)
            ? item
            : throw new FormatException(
                $"\"{Printable.Of(text)}\" is neither a tag nor a digest, "
                + "and does not begin with semver:, regex: or keep:");
    }

    private static string? After(string prefix, string text) =>
        text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..].Trim() : null;

    private static int CountOf(Match latest) =>
        int.TryParse(latest.Groups["count"].Value, CultureInfo.InvariantCulture, out int count) ? count : int.MaxValue;

    // dregsy only adds anchors to match the whole tag: a|b matches what begins with a or ends with b.
    private static Func<string, bool> Matcher(string text)
    {
        bool isInverted = text.StartsWith('!');
        string expression = isInverted ? text[1..] : text;
        string start = expression.StartsWith('^') ? "" : "^";
        string end = expression.EndsWith('$') ? "" : "$";
        Regex regex = TagExpression.ParseGo(start + expression + end);
        return tag => regex.IsMatch(tag) != isInverted;
    }

    // The latest versions, and all tags that are not versions; without versions, the last tags by name.
    private static IEnumerable<string> Latest(IReadOnlyList<string> tags, int count)
    {
        (string Tag, TagVersion Version)[] versions =
        [
            .. tags.Select(tag => (tag, DregsyRange.VersionOf(tag))).Where(one => one.Item2 is not null)
                .Select(one => (one.tag, one.Item2!)),
        ];
        if (versions.Length == 0) return tags.Order(StringComparer.Ordinal).TakeLast(count);
        HashSet<string> dropped =
        [
            .. versions.OrderByDescending(one => one.Version, Comparer<TagVersion>.Create((x, y) => x.CompareTo(y)))
                .Skip(count).Select(one => one.Tag),
        ];
        return tags.Where(tag => !dropped.Contains(tag));
    }

    [GeneratedRegex(@"\Akeep:\s+latest\s+(?<count>[0-9]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex KeepLatest();
}
