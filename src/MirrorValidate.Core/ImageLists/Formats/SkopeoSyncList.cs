using MirrorValidate.ImageLists.OpenTags;
using MirrorValidate.References;

namespace MirrorValidate.ImageLists.Formats;

/// <summary>
/// The YAML of <c>skopeo sync --src yaml</c> (skopeo-sync(1), "YAML file content"): registries, and for each the repositories with their
/// tags or digests. The file does not say where the images go, so that each entry is a single reference.
/// </summary>
internal static class SkopeoSyncList
{
    private const string Images = "images";
    private const string ByRegex = "images-by-tag-regex";
    private const string BySemver = "images-by-semver";

    internal static bool Recognizes(DocumentNode root) => root.Members.Any(registry => registry.Value.Members.Any(member => member.Key is Images or ByRegex or BySemver));

    internal static IEnumerable<ImageListEntry> Read(DocumentNode root, EntryMaker entries)
    {
        if (!root.IsNull && root is not DocumentMapping) throw new ImageListFormatException("a skopeo sync file is a mapping of registries", root.Line);
        return root.Members.SelectMany(registry => ReadRegistry(registry, entries));
    }

    private static IEnumerable<ImageListEntry> ReadRegistry(DocumentMember registry, EntryMaker entries)
    {
        if (registry.Value is not DocumentMapping && !registry.Value.IsNull)
            return [entries.Refuse(registry.Line, $"{registry.Key}:", $"a registry has {Images}, {ByRegex} or {BySemver} under it")];
        return registry.Value.Members.SelectMany(member => member.Key switch
        {
            Images => ReadImages(registry.Key, member, entries),
            ByRegex => ReadChoices(
                registry.Key, member, "the tags that match an expression", TagExpression.Anywhere, entries),
            BySemver => ReadChoices(
                registry.Key, member, "the versions in a range", range => TagVersions.InRange(range), entries),
            "credentials" or "tls-verify" or "cert-dir" => [],
            _ => [entries.Refuse(member.Line, $"{registry.Key}/{member.Key}:", $"\"{Printable.Of(member.Key)}\" is nothing that skopeo knows of a registry; it mirrors nothing for it")],
        });
    }

    private static IEnumerable<ImageListEntry> ReadImages(string registry, DocumentMember images, EntryMaker entries) =>
        IsMapping(registry, images, entries, out ImageListEntry? error)
            ? images.Value.Members.SelectMany(repository => ReadRepository($"{registry}/{repository.Key}", repository, entries))
            : [error!];

    private static IEnumerable<ImageListEntry> ReadRepository(string name, DocumentMember repository, EntryMaker entries)
    {
        if (repository.Value.IsNull || repository.Value is DocumentSequence { All.Count: 0 })
        {
            return
            [
                entries.Open(
                    repository.Line,
                    $"{name}: []",
                    "no tags are named, so that skopeo copies all, and which these are is not in the file",
                    new(name, Destination: null, TagChoice.All)),
            ];
        }

        if (repository.Value is not DocumentSequence tags)
            return [entries.Refuse(repository.Line, $"{name}:", "the tags of a repository are a list: [tag, ...]")];
        return tags.Items.Select(tag => ReadTag(name, tag, entries));
    }

    private static ImageListEntry ReadTag(string name, DocumentNode tag, EntryMaker entries)
    {
        if (tag.Text is not { } text || !ImageTag.IsTagOrDigest(text))
            return entries.Refuse(tag.Line, $"{name}: {tag.Text}", $"\"{Printable.Of(tag.Text ?? "")}\" is neither a tag nor a digest (sha256:...)");
        int colon = name.LastIndexOf(':');
        return colon > name.LastIndexOf('/') || name.Contains('@', StringComparison.Ordinal)
            ? entries.Refuse(tag.Line, $"{name}: {text}", "the name has a tag or digest itself: write the repository, and the tag in the list under it")
            : entries.Make(tag.Line, name, destination: null, text);
    }

    private static IEnumerable<ImageListEntry> ReadChoices(
        string registry, DocumentMember choices, string what, Func<string, Func<string, bool>> parse, EntryMaker entries) =>
        IsMapping(registry, choices, entries, out ImageListEntry? error)
            ? choices.Value.Members.Select(repository => ReadChoice(registry, repository, $"{what} ({choices.Key})", parse, entries))
            : [error!];

    private static ImageListEntry ReadChoice(
        string registry, DocumentMember repository, string what, Func<string, Func<string, bool>> parse, EntryMaker entries)
    {
        string name = $"{registry}/{repository.Key}";
        string expression = repository.Value.Text ?? "";
        string text = $"{name}: {expression}";
        try
        {
            var choice = new TagChoice { Text = expression, Any = [parse(expression)] };
            return entries.Open(
                repository.Line, text, $"{what} are not in the file", new(name, Destination: null, choice));
        }
        catch (FormatException e)
        {
            return entries.Refuse(repository.Line, text, e.Message);
        }
    }

    private static bool IsMapping(string registry, DocumentMember member, EntryMaker entries, out ImageListEntry? error)
    {
        bool isMapping = member.Value is DocumentMapping || member.Value.IsNull;
        error = isMapping ? null : entries.Refuse(member.Line, $"{registry}/{member.Key}:", $"{member.Key} is a mapping of repositories");
        return isMapping;
    }
}
