namespace MirrorValidate.ImageLists.Formats;

/// <summary>A list file that is JSON or YAML: a document, or a stream of several.</summary>
/// <param name="Documents">The documents that are not empty, in their order.</param>
internal sealed record ListDocument(IReadOnlyList<DocumentNode> Documents)
{
    /// <summary>
    /// Why nothing was read after these documents; <see langword="null"/> if they are the whole file.
    /// </summary>
    internal ImageListFormatException? Break { get; private init; }

    /// <summary>The first document; an empty one if there is none.</summary>
    internal DocumentNode Root => Documents.Count > 0 ? Documents[0] : new DocumentScalar(null, 1);

    /// <summary>
    /// Loads a file as JSON or YAML, by its name or, if that does not say, by its first character.
    /// </summary>
    /// <exception cref="ImageListFormatException">
    /// The text is neither JSON nor YAML or exceeds a limit, and no document could be read before that.
    /// </exception>
    internal static ListDocument Load(TextReader reader, string path)
    {
        string text = DocumentLimits.ReadText(reader);
        if (string.IsNullOrWhiteSpace(text)) return new ListDocument([]);
        if (text.Contains('\0')) throw new ImageListFormatException($"it {ListHint.Utf16}");
        bool isJson = Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".JSON" => true,
            ".YAML" or ".YML" => false,
            _ => text.TrimStart() is ['{' or '[' or '/', ..],
        };
        return Of(isJson ? [JsonDocumentReader.Read(text)] : YamlDocumentReader.Read(text));
    }

    /// <summary>Reads the entries.</summary>
    /// <param name="format">
    /// The format; <see cref="ImageListFormat.Auto"/> to recognize it by the first document.
    /// </param>
    /// <param name="entries">Makes them.</param>
    /// <exception cref="ImageListFormatException">The document has an unknown format, or another one.</exception>
    internal IEnumerable<ImageListEntry> Read(ImageListFormat format, EntryMaker entries)
    {
        // An empty document is an empty list in any format.
        if (Documents.Count == 0) return [];
        DocumentFormat known = format == ImageListFormat.Auto
            ? Recognize()
            : DocumentFormat.All.First(one => one.Format == format);
        return known.Read(Root, entries)
            .Concat(Documents.Skip(1).SelectMany(document => ReadNext(document, known, entries)))
            .Concat(ReadBreak(entries));
    }

    private static ListDocument Of(IEnumerable<DocumentNode> documents)
    {
        var read = new List<DocumentNode>();
        try
        {
            foreach (DocumentNode document in documents.Where(document => !document.IsNull)) read.Add(document);
            return new ListDocument(read);
        }
        catch (ImageListFormatException e) when (read.Count > 0)
        {
            return new ListDocument(read) { Break = e };
        }
    }

    private IEnumerable<ImageListEntry> ReadBreak(EntryMaker entries)
    {
        if (Break is null) yield break;
        string problem = $"{Break.Problem}; nothing was read of this document and those after it";
        yield return entries.Refuse(Break.LineNumber ?? 1, "---", problem);
    }

    private static IEnumerable<ImageListEntry> ReadNext(
        DocumentNode document, DocumentFormat format, EntryMaker entries)
    {
        if (format.ReadsAllDocuments && format.Recognizes(document)) return format.Read(document, entries);
        string problem = format.ReadsAllDocuments
            ? $"the document that begins here is no {format.Format} list: it has not {format.Shape}"
            : "a further YAML document begins here, and the tools that read such files pass it over: "
                + "move it to a file of its own";
        return [entries.Refuse(document.Line, "---", problem)];
    }

    private DocumentFormat Recognize()
    {
        DocumentFormat[] formats = [.. DocumentFormat.All.Where(format => format.Recognizes(Root))];
        string shapes = string.Join(", ", DocumentFormat.All.Select(format => format.Shape));
        return formats switch
        {
            [var format] => format,
            [] => throw Unknown($"no format here reads it; looked for: {shapes}"),
            _ => throw Unknown($"it could be any of {string.Join(", ", formats.Select(format => format.Format))}"),
        };
    }

    private static ImageListFormatException Unknown(string problem) =>
        new($"{problem}: name the format with -Format") { IsUnknownFormat = true };
}
