using MirrorValidate.References;

namespace MirrorValidate.ImageLists.Formats;

/// <summary>
/// The configuration of dregsy (its README, "Configuration"): tasks with a source and a target registry and mappings of
/// repositories, each with <c>tags</c> and <c>digests</c>. Expressions and version ranges are asked of the registry by
/// dregsy, so that they are errors here.
/// </summary>
internal static class DregsyList
{
    internal static bool Recognizes(DocumentNode root) =>
        root["tasks"] is DocumentSequence tasks && tasks.Items.Any(task => task["mappings"] is not null);

    internal static IEnumerable<ImageListEntry> Read(DocumentNode root, EntryMaker entries)
    {
        if (root["tasks"] is not { } tasks || (tasks is not DocumentSequence && !tasks.IsNull))
            throw new ImageListFormatException("a dregsy file has a list under \"tasks\"", root.Line);
        return tasks.Items.SelectMany(task => ReadTask(task, entries));
    }

    private static IEnumerable<ImageListEntry> ReadTask(DocumentNode task, EntryMaker entries)
    {
        string? source = task["source"]?["registry"]?.Text;
        string? target = task["target"]?["registry"]?.Text;
        if (!string.IsNullOrEmpty(source) && !string.IsNullOrEmpty(target) && task["mappings"] is { } list)
            return entries.MakeAll(list, "mappings", mapping => ReadMapping(mapping, source, target, entries));
        IReadOnlyList<DocumentNode> mappings = task["mappings"]?.Items ?? [];
        return mappings.DefaultIfEmpty(task).Select(mapping => entries.Refuse(
            mapping.Line,
            $"{mapping["from"]?.Text}:",
            "a task needs the registries of its source and its target, and its mappings"));
    }

    private static IEnumerable<ImageListEntry> ReadMapping(
        DocumentNode mapping, string source, string target, EntryMaker entries)
    {
        string from = (mapping["from"]?.Text ?? "").TrimStart('/');
        string to = (mapping["to"]?.Text ?? "").TrimStart('/');
        bool isNamed = IsGiven(mapping["tags"]) || IsGiven(mapping["digests"]);
        if (ProblemOf(from, to, isNamed) is { } problem) return [entries.Refuse(mapping.Line, $"{from}:", problem)];
        string? platform = mapping["platform"]?.Text is { } text and not "all" ? text : null;
        return entries.MakeAll(mapping["tags"], "tags", ReadTag)
            .Concat(entries.MakeAll(mapping["digests"], "digests", ReadTag));

        IEnumerable<ImageListEntry> ReadTag(DocumentNode tag) => [tag.Text is { } name && ImageTag.IsTagOrDigest(name)
            ? entries.Make(tag.Line, $"{source}/{from}", $"{target}/{(to.Length == 0 ? from : to)}", name, platform)
            : entries.Refuse(
                tag.Line,
                $"{from}: {tag.Text}",
                $"the tags that match \"{Printable.Of(tag.Text ?? "")}\" are not in the file: {Advice.NameTags}")];
    }

    private static string? ProblemOf(string from, string to, bool isNamed)
    {
        if (from.Length == 0) return "a mapping needs a repository in \"from\"";
        if (IsExpression(from) || IsExpression(to))
            return $"the repositories that match an expression are not in the file: {Advice.NameRepositories}";
        return isNamed
            ? null
            : "no tags are named, so that dregsy copies all, and which these are is not in the file: "
                + Advice.NameTags;
    }

    private static bool IsGiven(DocumentNode? list) =>
        list is not (null or { IsNull: true } or DocumentSequence { All.Count: 0 });

    private static bool IsExpression(string text) => text.StartsWith("regex:", StringComparison.Ordinal);
}
