using System.Text.RegularExpressions;
using MirrorValidate.ImageLists.Expansion;
using MirrorValidate.References;
using MirrorValidate.Tags;

namespace MirrorValidate.ImageLists.Formats;

/// <summary>
/// The tags of a regsync step: <c>tags</c> and <c>tagSets</c> add up. A tag is in a set if it is in one of
/// <c>semverRange</c>, matches one of <c>allow</c> and none of <c>deny</c>; those that are left out do not count
/// (regclient, cmd/regsync, <c>filterTagList</c>). An expression that is written like a tag names that tag. (Its dots
/// would match other characters too, but nobody who writes <c>3.20</c> means that.)
/// </summary>
internal static class RegSyncTags
{
    /// <summary>The tags in the order of the file, each once.</summary>
    internal static IEnumerable<TagItem> Read(DocumentNode step)
    {
        DocumentNode[] sets =
        [
            .. step["tags"] is { IsNull: false } tags && (tags is not DocumentMapping || tags.Members.Any(IsFilter))
                ? [tags]
                : Array.Empty<DocumentNode>(),
            .. step.List("tagSets"),
        ];
        return sets.Length == 0
            ? [new TagItem(step.Line, "") { Open = TagChoice.All }]
            : sets.SelectMany(ReadSet).DistinctBy(item => (item.Text, item.Open, item.Problem));
    }

    private static bool IsFilter(DocumentMember member) =>
        member.Key is "allow" or "deny" or "semverRange"
        && (member.Value.Items.Count > 0 || member.Value.Text is not null);

    private static IEnumerable<TagItem> ReadSet(DocumentNode set)
    {
        if (set is not DocumentMapping)
        {
            const string Problem = "a set of tags is a mapping with allow, deny or semverRange";
            return [new TagItem(set.Line, set.Text ?? "") { Problem = Problem }];
        }

        IReadOnlyList<DocumentNode> allowed = set.List("allow");
        DocumentNode? ranges = set["semverRange"];
        bool hasRange = ranges is { IsNull: false } and not DocumentSequence { All.Count: 0 };
        IEnumerable<DocumentNode> items = hasRange ? [ranges!] : allowed.DefaultIfEmpty(set);
        Regex[] denied;
        try
        {
            denied = [.. set.List("deny").Select(Expression)];
        }
        catch (FormatException e)
        {
            string problem = $"an expression under \"deny\" cannot be read: {e.Message}";
            return items.Select(item => new TagItem(item.Line, item.Text ?? "") { Problem = problem });
        }

        return items.Select(item => ReadItem(item, set, allowed, tag => denied.Any(one => one.IsMatch(tag))))
            .OfType<TagItem>();
    }

    private static TagItem? ReadItem(
        DocumentNode item, DocumentNode set, IReadOnlyList<DocumentNode> allowed, Func<string, bool> isDenied)
    {
        string text = item == set ? "" : item.Text ?? "";
        string tag = text.TrimStart('^').TrimEnd('$').Replace(@"\.", ".", StringComparison.Ordinal);
        if (allowed.Contains(item) && ImageName.IsTag(tag)) return isDenied(tag) ? null : new TagItem(item.Line, tag);
        try
        {
            TagChoice choice = item == set
                ? set["deny"] is { Items.Count: > 0 }
                    ? TagChoice.Where("that are not denied", static _ => true)
                    : TagChoice.All
                : item == set["semverRange"]
                    ? InRange(item, allowed)
                    : TagChoice.Matching(text, Expression(item));
            return new TagItem(item.Line, text) { Open = choice.And(name => !isDenied(name)) };
        }
        catch (FormatException e)
        {
            return new TagItem(item.Line, text) { Problem = e.Message };
        }
    }

    private static TagChoice InRange(DocumentNode node, IReadOnlyList<DocumentNode> allowed)
    {
        if (node is not DocumentSequence)
            throw new FormatException("semverRange is a list of ranges: [\">=1.0 <2.0\"]");
        string[] texts = [.. node.Items.Select(range => range.Text ?? "").Where(range => range.Length > 0)];
        RegSyncRange[] ranges = [.. texts.Select(RegSyncRange.Parse)];
        Regex[] expressions = [.. allowed.Select(Expression)];
        return TagChoice.Within(string.Join(" || ", texts), tag =>
            (ranges.Length == 0 || ranges.Any(range => range.Includes(tag)))
            && (expressions.Length == 0 || expressions.Any(one => one.IsMatch(tag))));
    }

    // Anchored as in regsync: a|b matches what begins with a or ends with b.
    private static Regex Expression(DocumentNode node) => node.Text is { } text
        ? TagExpression.ParseGo($"^{text}$")
        : throw new FormatException("an expression under allow, deny or semverRange is no text");
}
