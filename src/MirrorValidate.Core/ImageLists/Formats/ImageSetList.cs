using MirrorValidate.References;

namespace MirrorValidate.ImageLists.Formats;

/// <summary>
/// OpenShift's <c>ImageSetConfiguration</c>, which oc-mirror reads (OpenShift, "Image set configuration parameters").
/// Its <c>mirror.additionalImages</c> are references. Releases, operators and charts stand for images that only
/// oc-mirror finds out.
/// </summary>
internal static class ImageSetList
{
    private const string Advice = "test the mapping.txt that oc-mirror --dry-run writes";

    internal static bool Recognizes(DocumentNode root) => root["kind"]?.Text == "ImageSetConfiguration";

    internal static IEnumerable<ImageListEntry> Read(DocumentNode root, EntryMaker entries)
    {
        if (root["mirror"] is not { } mirror)
        {
            throw new ImageListFormatException(
                "an ImageSetConfiguration has what is mirrored under \"mirror\"", root.Line);
        }

        var blocked = (mirror["blockedImages"]?.Items ?? []).Select(NameOf).ToHashSet(StringComparer.Ordinal);
        return mirror.Members.SelectMany(member => member.Key switch
        {
            "additionalImages" => member.Value.Items
                .Where(image => !blocked.Contains(NameOf(image)))
                .Select(image => ReadImage(image, entries)),
            "platform" => ReadRelease(member, entries),
            "operators" => member.Value.Items.Select(one => Refuse(one.Line, one["catalog"]?.Text, "catalog", entries)),
            "helm" => ReadCharts(member.Value, entries),
            "samples" => member.Value.Items.Select(one => Refuse(one.Line, NameOf(one), "sample", entries)),
            _ => [],
        });
    }

    private static ImageListEntry ReadImage(DocumentNode image, EntryMaker entries)
    {
        if (NameOf(image) is not { Length: > 0 } name)
            return entries.Refuse(image.Line, "name:", "an image needs a name");
        return image["targetRepo"] is null && image["targetTag"] is null
            ? entries.Make(image.Line, name, destination: null, tag: null)
            : entries.Refuse(
                image.Line,
                $"{name}:",
                "targetRepo and targetTag put the image where the file alone does not say: "
                + "write it in a list of lines SOURCE DESTINATION TAG");
    }

    private static IEnumerable<ImageListEntry> ReadRelease(DocumentMember platform, EntryMaker entries)
    {
        IReadOnlyList<DocumentNode> channels = platform.Value["channels"]?.Items ?? [];
        if (channels.Count > 0)
            return channels.Select(channel => Refuse(channel.Line, NameOf(channel), "channel", entries));
        return platform.Value.Members.Count == 0 ? [] : [Refuse(platform.Line, platform.Key, "release", entries)];
    }

    private static IEnumerable<ImageListEntry> ReadCharts(DocumentNode helm, EntryMaker entries) =>
        (helm["repositories"]?.Items ?? []).SelectMany(repository => repository["charts"]?.Items ?? [])
            .Concat(helm["local"]?.Items ?? [])
            .Select(chart => Refuse(chart.Line, NameOf(chart), "chart", entries));

    private static ImageListEntry Refuse(int line, string? name, string what, EntryMaker entries) =>
        entries.Refuse(
            line,
            $"{name}:",
            $"which images the {what} \"{Printable.Of(name ?? "")}\" has is not in the file: {Advice}");

    private static string? NameOf(DocumentNode node) => node["name"]?.Text;
}
