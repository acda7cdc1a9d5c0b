using MirrorValidate.ImageLists.Expansion;
using MirrorValidate.References;
using MirrorValidate.Tags;

namespace MirrorValidate.ImageLists.Formats;

/// <summary>
/// The YAML of <c>skopeo sync --src yaml</c> (skopeo-sync(1), "YAML file content"): registries, and for each the
/// repositories with their tags or digests. The file does not say where the images go, so each entry is a single
/// reference.
/// </summary>
internal static class SkopeoSyncList
{
    private const string Images = "images";
    private const string ByRegex = "images-by-tag-regex";
    private const string BySemver = "images-by-semver";

    internal static bool Recognizes(DocumentNode root) => root.Members.Any(
        registry => registry.Value.Members.Any(member => member.Key is Images or ByRegex or BySemver));

    internal static IEnumerable<ImageListEntry> Read(DocumentNode root, EntryMaker entries)
    {
        if (!root.IsNull && root is not DocumentMapping)
            throw new ImageListFormatException("a skopeo sync file is a mapping of registries", root.Line);
        return root.Members.SelectMany(registry => ReadRegistry(registry, entries));
    }

    private static IEnumerable<ImageListEntry> ReadRegistry(DocumentMember registry, EntryMaker entries)
    {
        if (registry.Value is not DocumentMapping && !registry.Value.IsNull)
        {
            string shape = $"a registry has {Images}, {ByRegex} or {BySemver} under it";
            return [entries.Refuse(registry.Line, $"{registry.Key}:", shape)];
        }

        return registry.Value.Members.SelectMany(member => member.Key switch
        {
            Images => ReadImages(registry.Key, member, entries),
            // Matches anywhere in the tag, unlike in regsync.
            ByRegex => ReadChoices(
                registry.Key, member, text => TagChoice.Matching(text, TagExpression.ParseGo(text)), entries),
            BySemver => ReadChoices(
                registry.Key, member, text => TagChoice.Within(text, SemVerRange.Parse(text).Includes), entries),
            "credentials" or "tls-verify" or "cert-dir" => [],
            _ =>
            [
                entries.Refuse(
                    member.Line,
                    $"{registry.Key}/{member.Key}:",
                    $"\"{Printable.Of(member.Key)}\" is nothing that skopeo knows of a registry; "
                    + "it mirrors nothing for it"),
            ],
        });
    }

    private static IEnumerable<ImageListEntry> ReadImages(string registry, DocumentMember images, EntryMaker entries) =>
        IsMapping(registry, images, entries, out ImageListEntry? error)
            ? images.Value.Members.SelectMany(
                repository => ReadRepository($"{registry}/{repository.Key}", repository, entries))
            : [error!];

    private static IEnumerable<ImageListEntry> ReadRepository(
        string name, DocumentMember repository, EntryMaker entries)
    {
        if (repository.Value.IsNull || repository.Value is DocumentSequence { All.Count: 0 })
            return [Leave(name, repository, "[]", TagChoice.All, entries)];
        if (repository.Value is not DocumentSequence tags)
            return [entries.Refuse(repository.Line, $"{name}:", "the tags of a repository are a list: [tag, ...]")];
        return tags.Items.Select(tag => ReadTag(name, tag, entries));
    }

    private static ImageListEntry ReadTag(string name, DocumentNode tag, EntryMaker entries)
    {
        if (tag.Text is not { } text || !ImageTag.IsTagOrDigest(text))
        {
            string problem = $"\"{Printable.Of(tag.Text ?? "")}\" is neither a tag nor a digest (sha256:...)";
            return entries.Refuse(tag.Line, $"{name}: {tag.Text}", problem);
        }

        int colon = name.LastIndexOf(':');
        return colon > name.LastIndexOf('/') || name.Contains('@', StringComparison.Ordinal)
            ? entries.Refuse(
                tag.Line,
                $"{name}: {text}",
                "the name has a tag or digest itself: write the repository, and the tag in the list under it")
            : entries.Make(tag.Line, name, destination: null, text);
    }

    private static IEnumerable<ImageListEntry> ReadChoices(
        string registry, DocumentMember choices, Func<string, TagChoice> read, EntryMaker entries) =>
        IsMapping(registry, choices, entries, out ImageListEntry? error)
            ? choices.Value.Members.Select(repository => ReadChoice(registry, repository, read, entries))
            : [error!];

    private static ImageListEntry ReadChoice(
        string registry, DocumentMember repository, Func<string, TagChoice> read, EntryMaker entries)
    {
        string name = $"{registry}/{repository.Key}";
        string text = repository.Value.Text ?? "";
        try
        {
            return Leave(name, repository, text, read(text), entries);
        }
        catch (FormatException e)
        {
            return entries.Refuse(repository.Line, $"{name}: {text}", e.Message);
        }
    }

    private static ImageListEntry Leave(
        string name, DocumentMember repository, string text, TagChoice choice, EntryMaker entries) => entries.Leave(
            repository.Line, $"{name}: {text}", new OpenTags(new OpenRepository(name, Destination: null), choice));

    private static bool IsMapping(string registry, DocumentMember member, EntryMaker entries, out ImageListEntry? error)
    {
        bool isMapping = member.Value is DocumentMapping || member.Value.IsNull;
        error = isMapping
            ? null
            : entries.Refuse(
                member.Line, $"{registry}/{member.Key}:", $"{member.Key} is a mapping of repositories");
        return isMapping;
    }
}
