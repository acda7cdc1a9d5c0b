using MirrorValidate.ImageLists.Expansion;

namespace MirrorValidate.ImageLists.Formats;

/// <summary>
/// The configuration of dregsy (its README, "Configuration"): tasks with a source and a target registry and mappings of
/// repositories, each with <c>tags</c> and <c>digests</c>.
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
        if (!string.IsNullOrEmpty(source) && !string.IsNullOrEmpty(target) && task["mappings"] is not null)
            return entries.MakeAll(task, "mappings", mapping => TryReadMapping(mapping, source, target, entries));
        IReadOnlyList<DocumentNode> mappings = task["mappings"]?.Items ?? [];
        return mappings.DefaultIfEmpty(task).Select(mapping => entries.Refuse(
            mapping.Line,
            $"{mapping["from"]?.Text}:",
            "a task needs the registries of its source and its target, and its mappings"));
    }

    private static IEnumerable<ImageListEntry> TryReadMapping(
        DocumentNode mapping, string source, string target, EntryMaker entries)
    {
        try
        {
            return ReadMapping(mapping, source, target, entries);
        }
        catch (ImageListFormatException e)
        {
            return [entries.Refuse(mapping, "mapping:", e)];
        }
    }

    private static IEnumerable<ImageListEntry> ReadMapping(
        DocumentNode mapping, string source, string target, EntryMaker entries)
    {
        string from = (mapping["from"]?.Text ?? "").TrimStart('/');
        string to = (mapping["to"]?.Text ?? "").TrimStart('/');
        string? platform = mapping["platform"]?.Text is { } text and not "all" ? text : null;
        if (ProblemOf(from, to) is { } problem) return [entries.Refuse(mapping.Line, $"{from}:", problem)];
        IReadOnlyList<DocumentNode> tags = mapping.List("tags");
        IReadOnlyList<DocumentNode> digests = mapping.List("digests");
        TagItem[] items = tags.Count == 0 && digests.Count > 0 ? [] : [.. DregsyTags.Read(mapping, tags)];
        var repository = new OpenRepository($"{source}/{from}", $"{target}/{(to.Length == 0 ? from : to)}")
        {
            Platform = platform,
        };
        repository = repository.Naming(items);
        return items.Concat(digests.Select(digest => new TagItem(digest.Line, digest.Text ?? "")))
            .Select(item => entries.Make(item, repository));
    }

    private static string? ProblemOf(string from, string to)
    {
        if (from.Length == 0) return "a mapping needs a repository in \"from\"";
        return IsExpression(from) || IsExpression(to)
            ? $"the repositories that match an expression are not in the file: {Advice.NameRepositories}"
            : null;
    }

    private static bool IsExpression(string text) => text.StartsWith("regex:", StringComparison.Ordinal);
}
