using System.Text;
using MirrorValidate.ImageLists.Formats;

namespace MirrorValidate.ImageLists;

/// <summary>
/// Reads a list file of any format to entries. Plain lists, <c>mapping.txt</c> and CSV are streams; the others are documents, which are
/// loaded, within limits. What is no entry is an entry with an error: nothing disappears.
/// </summary>
internal static class ImageListFile
{
    /// <summary>Reads a file. Nothing is opened before the first entry is asked for.</summary>
    /// <param name="path">The file. Where the format is to be found out, its name counts: <c>.csv</c>, <c>.yaml</c>, <c>.yml</c>, <c>.json</c>
    /// and <c>mapping.txt</c> are looked into, anything else is a plain list.</param>
    /// <param name="format">The format.</param>
    /// <returns>The entries in the order of the file, numbered from 1.</returns>
    /// <exception cref="ImageListFormatException">The file is not what it should be, is over a limit, or its format cannot be told.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static IEnumerable<ImageListEntry> Read(string path, ImageListFormat format = ImageListFormat.Auto)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Entries();

        IEnumerable<ImageListEntry> Entries()
        {
            foreach (ImageListEntry entry in Open(path, format)) yield return entry;
        }
    }

    internal static IEnumerable<ImageListEntry> ReadLines(IEnumerable<ImageListLine> lines) =>
        lines.Select((line, index) => ImageListEntry.Read(index + 1, line));

    private static IEnumerable<ImageListEntry> Open(string path, ImageListFormat format) => format switch
    {
        ImageListFormat.Auto => ReadByName(path),
        ImageListFormat.List => ReadLines(ImageListReader.ReadFile(path)),
        ImageListFormat.Csv => ReadText(path, reader => CsvList.Read(reader, path, mayBePlain: false)),
        ImageListFormat.OcMirror => OcMirrorList.Read(ImageListReader.ReadFile(path)),
        _ => ReadDocument(path, format),
    };

    private static IEnumerable<ImageListEntry> ReadByName(string path)
    {
        if (path.EndsWith("mapping.txt", StringComparison.OrdinalIgnoreCase)) return ReadMappingOrLines(path);
        return Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".CSV" => ReadText(path, reader => CsvList.Read(reader, path, mayBePlain: true)),
            ".YAML" or ".YML" or ".JSON" => ReadDocument(path, ImageListFormat.Auto),
            _ => ReadLines(ImageListReader.ReadFile(path)),
        };
    }

    // A list of lines may have that name as well.
    private static IEnumerable<ImageListEntry> ReadMappingOrLines(string path)
    {
        IEnumerable<ImageListLine> lines = ImageListReader.ReadFile(path);
        bool isMapping = lines.Take(1).Any(OcMirrorList.IsMapping);
        foreach (ImageListEntry entry in isMapping ? OcMirrorList.Read(lines) : ReadLines(lines)) yield return entry;
    }

    private static IEnumerable<ImageListEntry> ReadText(string path, Func<TextReader, IEnumerable<ImageListEntry>> read)
    {
        using StreamReader reader = OpenText(path);
        foreach (ImageListEntry entry in read(reader)) yield return entry;
    }

    private static IEnumerable<ImageListEntry> ReadDocument(string path, ImageListFormat format)
    {
        ListDocument document;
        using (StreamReader reader = OpenText(path)) document = ListDocument.Load(reader, path);
        var entries = new EntryMaker(path);
        return (format == ImageListFormat.Auto ? document.Recognize() : format) switch
        {
            ImageListFormat.SkopeoSync => SkopeoSyncList.Read(document.Root, entries),
            ImageListFormat.RegSync => RegSyncList.Read(document.Root, entries),
            _ => ImageSyncerList.Read(document.Root, entries),
        };
    }

    private static StreamReader OpenText(string path) => new(
        new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete), Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
}
