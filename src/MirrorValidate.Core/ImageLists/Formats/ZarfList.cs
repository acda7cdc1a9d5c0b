using MirrorValidate.References;

namespace MirrorValidate.ImageLists.Formats;

/// <summary>
/// A package of Zarf (docs.zarf.dev, "Package schema"): the references under <c>images</c> of its components, and those
/// of their image archives. Imported components have theirs in another file.
/// </summary>
internal static class ZarfList
{
    internal static bool Recognizes(DocumentNode root) => root["kind"]?.Text is "ZarfPackageConfig" or "ZarfInitConfig";

    internal static IEnumerable<ImageListEntry> Read(DocumentNode root, EntryMaker entries)
    {
        if (root["components"] is not DocumentSequence components)
            throw new ImageListFormatException("a Zarf package has a list under \"components\"", root.Line);
        string? architecture = root["metadata"]?["architecture"]?.Text;
        return components.Items.SelectMany(component =>
            ReadComponent(component, component["only"]?["cluster"]?["architecture"]?.Text ?? architecture, entries));
    }

    // If a package names an architecture, its images are only for that one.
    private static IEnumerable<ImageListEntry> ReadComponent(
        DocumentNode component, string? architecture, EntryMaker entries)
    {
        string? platform = architecture is null or "multi" ? null : $"linux/{architecture}";
        IEnumerable<ImageListEntry> images = ReadImages(component, platform, entries)
            .Concat(ReadArchives(component, "imageArchives", platform, entries))
            .Concat(ReadArchives(component, "imageTars", platform, entries));
        foreach (ImageListEntry image in images) yield return image;
        if (component["import"] is not DocumentMapping import) yield break;
        string name = component["name"]?.Text ?? "";
        yield return entries.Refuse(
            import.Line,
            $"{name}:",
            $"the images of the component \"{Printable.Of(name)}\" that is imported are not in the file: "
            + "read the package that zarf package create wrote");
    }

    private static IEnumerable<ImageListEntry> ReadArchives(
        DocumentNode component, string key, string? platform, EntryMaker entries) =>
        entries.MakeAll(component, key, archive => ReadImages(archive, platform, entries));

    private static IEnumerable<ImageListEntry> ReadImages(
        DocumentNode parent, string? platform, EntryMaker entries) => parent is DocumentMapping
            ? entries.MakeAll(parent, "images", image => [ReadImage(image, platform, entries)])
            : [entries.Refuse(parent.Line, "images:", "a component or an archive has its references under \"images\"")];

    private static ImageListEntry ReadImage(DocumentNode image, string? platform, EntryMaker entries)
    {
        string text = image.Text ?? "";
        return text.Contains("###ZARF_", StringComparison.Ordinal)
            ? entries.Refuse(
                image.Line,
                text,
                "the reference has a variable (###ZARF_...###), which only Zarf fills in: write what it stands for")
            : entries.Make(image.Line, text, destination: null, tag: null, platform);
    }
}
