using MirrorValidate.References;

namespace MirrorValidate.ImageLists.Formats;

/// <summary>
/// Hauler's manifests (docs.hauler.dev, "Hauler Manifests"): a stream of documents, of which those of
/// <c>kind: Images</c> have references under <c>spec.images</c>, each with an optional <c>platform</c> and
/// <c>rewrite</c>. Annotations of the document are defaults for its images. Files have no images, and charts only with
/// <c>add-images</c>.
/// </summary>
internal static class HaulerList
{
    private const string Platform = "hauler.dev/platform";
    private const string Registry = "hauler.dev/registry";

    internal static bool Recognizes(DocumentNode root) =>
        root["kind"]?.Text is not null
        && root["apiVersion"]?.Text?.StartsWith("content.hauler.cattle.io/", StringComparison.Ordinal) == true;

    internal static IEnumerable<ImageListEntry> Read(DocumentNode root, EntryMaker entries)
    {
        if (!Recognizes(root))
        {
            throw new ImageListFormatException(
                "a Hauler manifest has an apiVersion content.hauler.cattle.io/... and a kind", root.Line);
        }

        string kind = root["kind"]!.Text!;
        DocumentNode? annotations = root["metadata"]?["annotations"];
        return kind switch
        {
            "Images" => ReadAll("images", image => ReadImage(image, annotations, entries)),
            "ImageTxts" => ReadAll("images", list => entries.Refuse(
                list.Line,
                $"{list["ref"]?.Text}:",
                "which images that list has is not in the file: read the list itself")),
            "Charts" => ReadAll("charts", chart => chart["add-images"]?.Text is "true" or "True" or "TRUE"
                ? entries.Refuse(
                    chart.Line,
                    $"{chart["name"]?.Text}:",
                    "which images the chart has (add-images) is not in the file: render it, and list its images")
                : null),
            "Files" => [],
            _ => [entries.Refuse(root.Line, $"kind: {kind}", $"\"{Printable.Of(kind)}\" is no kind of Hauler's")],
        };

        IEnumerable<ImageListEntry> ReadAll(string key, Func<DocumentNode, ImageListEntry?> read) =>
            root["spec"] is { } spec && spec[key] is not null
                ? entries.MakeAll(spec, key, item => read(item) is { } entry ? [entry] : [])
                : [entries.Refuse(root.Line, $"kind: {kind}", $"what kind {kind} has stands under spec.{key}")];
    }

    private static ImageListEntry ReadImage(DocumentNode image, DocumentNode? annotations, EntryMaker entries)
    {
        if (image["name"]?.Text is not { Length: > 0 } name)
            return entries.Refuse(image.Line, "name:", "an image needs a name");
        string source = WithRegistry(name, annotations?[Registry]?.Text);
        string? platform = image["platform"]?.Text is { Length: > 0 } own ? own : annotations?[Platform]?.Text;
        return entries.Make(image.Line, source, image["rewrite"]?.Text, tag: null, platform == "all" ? null : platform);
    }

    private static string WithRegistry(string name, string? registry)
    {
        if (string.IsNullOrEmpty(registry)) return name;
        int slash = name.IndexOf('/', StringComparison.Ordinal);
        return slash >= 0 && RegistryHost.IsHostComponent(name.AsSpan(0, slash)) ? name : $"{registry}/{name}";
    }
}
