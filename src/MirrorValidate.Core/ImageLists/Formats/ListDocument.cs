namespace MirrorValidate.ImageLists.Formats;

/// <summary>A list file that is a JSON or YAML document, and what tells its format.</summary>
/// <param name="Root">The document.</param>
internal sealed record ListDocument(DocumentNode Root)
{
    private const string KnownFormats = "skopeo sync, regsync and image-syncer files are known";

    /// <summary>Loads a document: JSON by its file's name, or where neither name nor YAML's own rules say otherwise by its first character.</summary>
    /// <exception cref="ImageListFormatException">The text is neither JSON nor YAML, or is over a limit.</exception>
    internal static ListDocument Load(TextReader reader, string path)
    {
        string text = DocumentLimits.ReadText(reader);
        if (string.IsNullOrWhiteSpace(text)) return new ListDocument(new DocumentScalar(null, 1));
        bool isJson = Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".JSON" => true,
            ".YAML" or ".YML" => false,
            _ => text.TrimStart() is ['{' or '[' or '/', ..],
        };
        return new ListDocument(isJson ? JsonDocumentReader.Read(text) : YamlDocumentReader.Read(text));
    }

    /// <summary>Tells the format by what the document has at its top.</summary>
    /// <exception cref="ImageListFormatException">It is none that is known, or could be two.</exception>
    internal ImageListFormat Recognize()
    {
        // An empty document is an empty list, whatever it is a document of.
        if (Root.IsNull) return ImageListFormat.ImageSyncer;
        ImageListFormat[] formats =
        [
            .. RegSyncList.Recognizes(Root) ? [ImageListFormat.RegSync] : Array.Empty<ImageListFormat>(),
            .. SkopeoSyncList.Recognizes(Root) ? [ImageListFormat.SkopeoSync] : Array.Empty<ImageListFormat>(),
            .. ImageSyncerList.Recognizes(Root) ? [ImageListFormat.ImageSyncer] : Array.Empty<ImageListFormat>(),
        ];
        return formats switch
        {
            [var format] => format,
            [] => throw Unknown($"it has the shape of no list format ({KnownFormats})"),
            _ => throw Unknown($"it could be any of {string.Join(", ", formats)}"),
        };
    }

    private static ImageListFormatException Unknown(string problem) => new($"{problem}: name the format with Import-MirrorList -Format") { IsUnknownFormat = true };
}
