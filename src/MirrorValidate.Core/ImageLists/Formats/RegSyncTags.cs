using MirrorValidate.ImageLists.OpenTags;
using MirrorValidate.References;

namespace MirrorValidate.ImageLists.Formats;

/// <summary>
/// The tags that a regsync step names: <c>tags</c> and <c>tagSets</c>, each with <c>allow</c>, <c>deny</c> and
/// <c>semverRange</c> (regclient.org, "regsync"; cmd/regsync/root.go, "filterTagList"). All are expressions that must
/// match the whole tag; one that is written like a tag matches that tag. (Its dots match other characters too, and
/// nobody who writes <c>3.20</c> means that.)
/// </summary>
internal sealed class RegSyncTags
{
    private readonly List<NamedTag> _tags = [];

    // What has an entry already.
    private readonly HashSet<string> _named = [];
    private readonly List<TagChoice> _open = [];

    private RegSyncTags()
    {
    }

    /// <summary>A tag, or why it cannot be told which are meant.</summary>
    /// <param name="Line">Where it stands.</param>
    /// <param name="Tag">The tag, or what is written instead.</param>
    /// <param name="Problem">Why it is not known; <see langword="null"/> for a tag.</param>
    /// <param name="Choice">Which tags of the source are meant; <see langword="null"/> if that cannot be read.</param>
    internal sealed record NamedTag(int Line, string Tag, string? Problem = null, TagChoice? Choice = null);

    /// <summary>The tags in the order of the file, each once.</summary>
    internal static IReadOnlyList<NamedTag> Read(DocumentNode step)
    {
        DocumentNode[] sets =
        [
            .. step["tags"] is { IsNull: false } tags ? [tags] : Array.Empty<DocumentNode>(),
            .. step.List("tagSets"),
        ];
        var read = new RegSyncTags();
        if (sets.Length == 0)
        {
            read.Open(step.Line, "", "no tags are named, so that regsync copies all, and which these are is not in the file", TagChoice.All);
        }

        foreach (DocumentNode set in sets) read.ReadSet(set);
        return read._tags;
    }

    private void ReadSet(DocumentNode set)
    {
        DocumentNode[] ranges = set["semverRange"] is { IsNull: false } range
            ? [.. range is DocumentSequence ? range.Items : [range]]
            : [];
        ranges = [.. ranges.Where(one => one.Text is { Length: > 0 })];
        try
        {
            if (set is not DocumentMapping)
                throw new FormatException("a set of tags is a mapping with allow, deny or semverRange");
            IReadOnlyList<DocumentNode> allowed = set.List("allow");
            Func<string, bool>[] denied = Denied(set);
            Func<string, bool> isWanted = tag => !Array.Exists(denied, matches => matches(tag));
            if (ranges.Length > 0) ReadRanges(ranges, allowed, isWanted);
            else if (allowed.Count == 0) OpenAllButDenied(set.Line, isWanted);
            else foreach (DocumentNode one in allowed) ReadAllowed(one, isWanted);
        }
        catch (FormatException e)
        {
            _tags.Add(new NamedTag(set.Line, "", e.Message));
        }
    }

    private static Func<string, bool>[] Denied(DocumentNode set)
    {
        try
        {
            return [.. Texts(set.List("deny")).Select(TagExpression.Whole)];
        }
        catch (FormatException e)
        {
            throw new FormatException(
                $"an expression under \"deny\" cannot be read, so that it is not known which tags are copied: {e.Message}", e);
        }
    }

    private void OpenAllButDenied(int line, Func<string, bool> isWanted) => Open(
        line,
        "",
        "no tags are allowed by name, so that regsync copies all the others, and which these are is not in the file",
        new TagChoice { Text = "all tags that are not denied", Each = [isWanted] });

    // A tag must be in one of the ranges, and allowed.
    private void ReadRanges(DocumentNode[] ranges, IReadOnlyList<DocumentNode> allowed, Func<string, bool> isWanted)
    {
        Func<string, bool>[] inRange = [.. Texts(ranges).Select(one => TagVersions.InRange(one, prereleases: true))];
        Open(ranges[0].Line, "semverRange", "the versions in a range are not in the file", new TagChoice
        {
            Text = string.Join(", ", Texts(ranges).Concat(Texts(allowed))),
            Any = [.. Texts(allowed).Select(TagExpression.Whole)],
            Each = [isWanted, tag => Array.Exists(inRange, matches => matches(tag))],
        });
    }

    private void ReadAllowed(DocumentNode item, Func<string, bool> isWanted)
    {
        string text = TextOf(item);
        string tag = text.TrimStart('^').TrimEnd('$').Replace(@"\.", ".", StringComparison.Ordinal);
        if (ImageName.IsTag(tag))
        {
            if (isWanted(tag) && _named.Add(tag)) _tags.Add(new NamedTag(item.Line, tag));
            return;
        }

        try
        {
            var choice = new TagChoice { Text = text, Any = [TagExpression.Whole(text)], Each = [isWanted] };
            Open(item.Line, text, $"the tags that match \"{Printable.Of(text)}\" are not in the file", choice);
        }
        catch (FormatException e)
        {
            _tags.Add(new NamedTag(item.Line, text, e.Message));
        }
    }

    private void Open(int line, string text, string problem, TagChoice choice)
    {
        TagChoice[] earlier = [.. _open];
        _open.Add(choice);
        choice = choice with
        {
            Except = tag => _named.Contains(tag) || Array.Exists(earlier, one => one.Includes(tag)),
        };
        _tags.Add(new NamedTag(line, text, problem, choice));
    }

    private static IEnumerable<string> Texts(IEnumerable<DocumentNode> list) => list.Select(TextOf);

    private static string TextOf(DocumentNode item) =>
        item.Text ?? throw new FormatException("an expression under allow, deny or semverRange is no text");
}
