using System.Text.RegularExpressions;
using MirrorValidate.ImageLists.Expansion;
using MirrorValidate.References;
using MirrorValidate.Tags;

namespace MirrorValidate.ImageLists.Formats;

/// <summary>
/// The images file of image-syncer, or its older configuration file with <c>auth</c> and <c>images</c> (its README,
/// "Image sync configuration file"): <c>source: target</c> or <c>source: [target, ...]</c>, where a source may have
/// several tags and a target may rename them, one by one. An empty target, which older versions put under a default
/// registry, gives a single reference.
/// </summary>
internal static partial class ImageSyncerList
{
    internal static bool Recognizes(DocumentNode root) => IsConfiguration(root) ||
        (root.Members.Count > 0
            && root.Members.All(rule => IsTarget(rule.Value))
            && root.Members.Any(rule => rule.Key.AsSpan().ContainsAny('/', ':')));

    internal static IEnumerable<ImageListEntry> Read(DocumentNode root, EntryMaker entries)
    {
        DocumentNode rules = IsConfiguration(root) ? root["images"]! : root;
        if (!rules.IsNull && rules is not DocumentMapping)
        {
            throw new ImageListFormatException(
                "an image-syncer file is a mapping of sources to targets", rules.Line);
        }

        return rules.Members.SelectMany(rule => ReadRule(rule, entries));
    }

    private static bool IsConfiguration(DocumentNode root) =>
        root["images"] is DocumentMapping images && images.Members.All(rule => IsTarget(rule.Value));

    private static bool IsTarget(DocumentNode node) =>
        node is DocumentScalar || (node is DocumentSequence && node.Items.All(item => item is DocumentScalar));

    private static IEnumerable<ImageListEntry> ReadRule(DocumentMember rule, EntryMaker entries)
    {
        string? problem = Secret().IsMatch(rule.Key)
            ? "this looks like a login, not like an image: check the indentation"
            : rule.Value is DocumentMapping
                ? "a source has a target or a list of targets, not a mapping"
                : null;
        if (problem is not null) return [entries.Refuse(rule.Line, $"{rule.Key}:", problem)];
        return rule.Value is DocumentSequence { All.Count: > 0 } targets
            ? targets.Items.SelectMany(target => ReadTarget(rule.Key, target.Line, target.Text ?? "", entries))
            : ReadTarget(rule.Key, rule.Line, rule.Value.Text ?? "", entries);
    }

    private static IEnumerable<ImageListEntry> ReadTarget(string source, int line, string target, EntryMaker entries)
    {
        try
        {
            (string from, string[] tags, TagChoice? choice) = SplitSource(source);
            if (choice is not null) return [ReadOpen(source, from, choice, line, target, entries)];
            if (target.Length == 0) return tags.Select(tag => entries.Make(line, from, destination: null, tag));
            (string to, string[] renamed) = SplitTarget(target);
            if (renamed.Length > 0 && renamed.Length != tags.Length)
            {
                throw new FormatException(
                    $"the source has {tags.Length} tags and the target {renamed.Length}: "
                    + "they go one to one, or the target has none");
            }

            return tags.Select((tag, index) =>
                entries.Make(line, from, to, renamed.Length == 0 ? tag : $"{tag}={renamed[index]}"));
        }
        catch (FormatException e)
        {
            return [entries.Refuse(line, $"{source}: {target}", e.Message)];
        }
    }

    // name:/expression/, or a name alone for all tags.
    private static (string Name, string[] Tags, TagChoice? Choice) SplitSource(string source)
    {
        int slash = source.IndexOf(":/", StringComparison.Ordinal);
        if (slash >= 0 && source.Length > slash + 2 && source.EndsWith('/'))
        {
            string expression = source[(slash + 2)..^1];
            return (source[..slash], [], TagChoice.Matching(expression, TagExpression.ParseGo(expression)));
        }

        (string name, string[] tags) = Split(source);
        return (name, tags, tags.Length == 0 ? TagChoice.All : null);
    }

    private static ImageListEntry ReadOpen(
        string source, string from, TagChoice choice, int line, string target, EntryMaker entries)
    {
        (string? to, string[] renamed) = target.Length == 0 ? (null, []) : SplitTarget(target);
        if (renamed.Length > 0)
            throw new FormatException("the target has tags and the source names none: they go one to one");
        return entries.Leave(line, $"{source}: {target}", new OpenTags(new OpenRepository(from, to), choice));
    }

    private static (string Name, string[] Tags) SplitTarget(string target)
    {
        if (target.Contains('$', StringComparison.Ordinal))
        {
            throw new FormatException(
                "the target has an environment variable, which only image-syncer fills in: write what it stands for");
        }

        return target.Contains('/', StringComparison.Ordinal)
            ? Split(target)
            : throw new FormatException(
                $"the target \"{Printable.Of(target)}\" names no repository: write registry/namespace/repository");
    }

    // name@digest, name:tag,tag or a name alone. A digest wins over a tag.
    private static (string Name, string[] Tags) Split(string text)
    {
        ImageName first = ImageName.Parse(text.Split(',')[0]);
        string name = (first with { Tag = null, Digest = null }).ToString();
        string[] others = text.Split(',')[1..];
        if (first.Digest is not null)
        {
            return others.Length == 0
                ? (name, [first.Digest.ToString()])
                : throw new FormatException("only tags can be several, not digests");
        }

        if (first.Tag is null)
            return others.Length == 0 ? (name, []) : throw new FormatException("the first of several tags is missing");
        return Array.Find(others, tag => !ImageName.IsTag(tag)) is { } wrong
            ? throw new FormatException($"\"{Printable.Of(wrong)}\" is not a tag (letters, digits, _ . -, 128 at most)")
            : (name, [first.Tag, .. others]);
    }

    [GeneratedRegex(
        @"\A(?:user(?:name)?|pass(?:word)?|.*(?:token|secret)|auth)\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Secret();
}
