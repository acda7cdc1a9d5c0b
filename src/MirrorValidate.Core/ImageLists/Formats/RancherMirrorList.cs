using MirrorValidate.References;

namespace MirrorValidate.ImageLists.Formats;

/// <summary>
/// The <c>config.yaml</c> of rancher/image-mirror (its README): images with their tags, and the repositories that each
/// is mirrored to. A target is named <c>mirrored-</c>, the last two components of the source with a hyphen, unless
/// <c>TargetImageName</c> says otherwise.
/// </summary>
internal static class RancherMirrorList
{
    internal static bool Recognizes(DocumentNode root) =>
        root["Images"] is DocumentSequence images && images.Items.All(image => image["SourceImage"] is not null);

    internal static IEnumerable<ImageListEntry> Read(DocumentNode root, EntryMaker entries)
    {
        if (root["Images"] is not { } images || (images is not DocumentSequence && !images.IsNull))
            throw new ImageListFormatException("a config.yaml of image-mirror has a list under \"Images\"", root.Line);
        string[] repositories =
        [
            .. (root["Repositories"]?.Items ?? [])
                .Where(repository => repository["Target"]?.Text is "true" or "True" or "TRUE")
                .Select(repository => repository["BaseUrl"]?.Text ?? ""),
        ];
        return images.Items.SelectMany(image => ReadImage(image, repositories, entries));
    }

    private static IEnumerable<ImageListEntry> ReadImage(
        DocumentNode image, string[] repositories, EntryMaker entries)
    {
        string source = image["SourceImage"]?.Text ?? "";
        DocumentNode? excluded = image["DoNotMirror"];
        if (excluded?.Text is "true" or "True" or "TRUE") return [];
        if (source.Split('/') is not [.., var project, var name])
            return [entries.Refuse(image.Line, $"{source}:", "a SourceImage has a project and a name: project/name")];
        if (image["Tags"] is not { Items.Count: > 0 } tags)
        {
            return
            [
                entries.Refuse(
                    image.Line, $"{source}:", "no tags are named: write those that were mirrored under Tags"),
            ];
        }

        string target = image["TargetImageName"]?.Text is { Length: > 0 } own ? own : TargetOf(source, project, name);
        // A repository that is its own source is not a target.
        string[] destinations = [.. repositories.Select(one => $"{one}/{target}").Where(one => one != source)];
        return tags.Items
            .Where(tag => excluded?.Items.Any(one => one.Text == tag.Text) != true)
            .SelectMany(tag => ReadTag(tag, source, destinations, repositories.Length > 0, entries));
    }

    private static IEnumerable<ImageListEntry> ReadTag(
        DocumentNode tag, string source, string[] destinations, bool hasTargets, EntryMaker entries)
    {
        string text = tag.Text ?? "";
        if (!ImageTag.IsTagOrDigest(text))
            return [entries.Refuse(tag.Line, $"{source}: {text}", $"\"{Printable.Of(text)}\" is not a tag")];
        return hasTargets
            ? destinations.Select(destination => entries.Make(tag.Line, source, destination, text))
            : [entries.Refuse(
                tag.Line, $"{source}: {text}", "no repository is a target: set \"Target: true\" under Repositories")];
    }

    // SUSE's application collection has one component that tells its images apart.
    private static string TargetOf(string source, string project, string name) =>
        source.StartsWith("dp.apps.rancher.io/", StringComparison.Ordinal)
            ? $"appco-{name}"
            : $"mirrored-{project}-{name}";
}
