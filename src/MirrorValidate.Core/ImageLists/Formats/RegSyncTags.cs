using System.Text.RegularExpressions;
using MirrorValidate.References;

namespace MirrorValidate.ImageLists.Formats;

/// <summary>
/// The tags that a regsync step names: <c>tags</c> and <c>tagSets</c>, each with <c>allow</c>, <c>deny</c> and <c>semverRange</c>. All are
/// expressions that must match the whole tag; one that is written like a tag matches that tag. (Its dots match other characters too, and
/// nobody who writes <c>3.20</c> means that.)
/// </summary>
internal static class RegSyncTags
{
    /// <summary>A tag, or why it cannot be told which are meant.</summary>
    internal sealed record NamedTag(int Line, string Tag, string? Problem = null);

    /// <summary>The tags in the order of the file, each once.</summary>
    internal static IEnumerable<NamedTag> Read(DocumentNode step)
    {
        if (step["tagSets"] is { IsNull: false } and not DocumentSequence)
            return [Refuse(step.Line, "tagSets", "\"tagSets\" is no list, so that it is not known which tags are copied")];
        DocumentNode[] sets = [.. step["tags"] is { IsNull: false } tags ? [tags] : Array.Empty<DocumentNode>(), .. step["tagSets"]?.Items ?? []];
        if (sets.Length == 0) return [Refuse(step.Line, "", "no tags are named, so that regsync copies all, and which these are is not in the file")];
        return sets.SelectMany(ReadSet).DistinctBy(tag => (tag.Tag, tag.Problem));
    }

    private static IEnumerable<NamedTag> ReadSet(DocumentNode set)
    {
        if (set["semverRange"] is { IsNull: false } range) return [Refuse(range.Line, "semverRange", "the versions in a range are not in the file")];
        if (set["allow"] is not { Items.Count: > 0 } allow) return [Refuse(set.Line, "", "no tags are allowed by name, so that regsync copies all the others, and which these are is not in the file")];
        DocumentNode[] denied = [.. set["deny"]?.Items ?? []];
        return allow.Items.Select(item => ReadTag(item, denied)).OfType<NamedTag>();
    }

    private static NamedTag? ReadTag(DocumentNode item, DocumentNode[] denied)
    {
        string text = item.Text ?? "";
        string tag = text.TrimStart('^').TrimEnd('$').Replace(@"\.", ".", StringComparison.Ordinal);
        if (!ImageName.IsTag(tag)) return Refuse(item.Line, text, $"the tags that match \"{Printable.Of(text)}\" are not in the file");
        try
        {
            return Array.Exists(denied, one => IsMatch(one, tag)) ? null : new NamedTag(item.Line, tag);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return Refuse(item.Line, text, "an expression under \"deny\" cannot be read, so that it is not known whether the tag is copied");
        }
    }

    private static bool IsMatch(DocumentNode expression, string tag) =>
        Regex.IsMatch(tag, $@"\A(?:{expression.Text})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    private static NamedTag Refuse(int line, string tag, string problem) => new(line, tag, $"{problem}: {Advice.NameTags}");
}
