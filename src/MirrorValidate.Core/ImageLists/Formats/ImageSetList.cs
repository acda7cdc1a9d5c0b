using MirrorValidate.References;

namespace MirrorValidate.ImageLists.Formats;

/// <summary>
/// OpenShift's <c>ImageSetConfiguration</c>, which oc-mirror reads (OpenShift, "Image set configuration parameters").
/// Its <c>mirror.additionalImages</c> are references. Releases, operators and charts stand for images that only
/// oc-mirror can work out.
/// </summary>
internal static class ImageSetList
{
    private const string Advice = "test the mapping.txt that oc-mirror --dry-run writes";

    internal static bool Recognizes(DocumentNode root) => root["kind"]?.Text == "ImageSetConfiguration";

    internal static IEnumerable<ImageListEntry> Read(DocumentNode root, EntryMaker entries)
    {
        if (root["mirror"] is not DocumentMapping mirror)
        {
            throw new ImageListFormatException(
                "an ImageSetConfiguration has what is mirrored under \"mirror\"", root.Line);
        }

        var blocked = mirror.List("blockedImages").Select(NameOf).ToHashSet(StringComparer.Ordinal);
        return mirror.Members.SelectMany(member => member.Key switch
        {
            "additionalImages" => entries.MakeAll(
                mirror, member.Key, image => blocked.Contains(NameOf(image)) ? [] : [ReadImage(image, entries)]),
            "platform" => ReadRelease(member, entries),
            "operators" => RefuseAll(mirror, member.Key, "catalog", "catalog", entries),
            "helm" => ReadCharts(member.Value, entries),
            "samples" => RefuseAll(mirror, member.Key, "sample", "name", entries),
            "blockedImages" => [],
            _ => [entries.Refuse(
                member.Line, $"{member.Key}:", $"\"{Printable.Of(member.Key)}\" is nothing that oc-mirror knows here")],
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
        if (platform.Value["channels"] is not null)
            return RefuseAll(platform.Value, "channels", "channel", "name", entries);
        bool isEmpty = platform.Value is DocumentMapping { All.Count: 0 } or { IsNull: true };
        return isEmpty ? [] : [Refuse(platform.Line, platform.Key, "release", entries)];
    }

    private static IEnumerable<ImageListEntry> ReadCharts(DocumentNode helm, EntryMaker entries) => entries
        .MakeAll(helm, "repositories", repository => ReadCharts(repository, "charts", entries))
        .Concat(ReadCharts(helm, "local", entries));

    private static IEnumerable<ImageListEntry> ReadCharts(DocumentNode parent, string key, EntryMaker entries) =>
        parent is DocumentMapping or { IsNull: true }
            ? RefuseAll(parent, key, "chart", "name", entries)
            : [Refuse(parent.Line, parent.Text, "chart", entries)];

    private static IEnumerable<ImageListEntry> RefuseAll(
        DocumentNode parent, string key, string what, string name, EntryMaker entries) =>
        entries.MakeAll(parent, key, item => [Refuse(item.Line, item[name]?.Text, what, entries)]);

    private static ImageListEntry Refuse(int line, string? name, string what, EntryMaker entries) =>
        entries.Refuse(
            line,
            $"{name}:",
            $"which images the {what} \"{Printable.Of(name ?? "")}\" has is not in the file: {Advice}");

    private static string? NameOf(DocumentNode node) => node["name"]?.Text;
}
