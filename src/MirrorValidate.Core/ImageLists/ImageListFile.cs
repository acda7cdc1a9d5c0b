using System.Text;
using MirrorValidate.ImageLists.Formats;

namespace MirrorValidate.ImageLists;

/// <summary>
/// Reads a list file of any format to entries. Plain lists, <c>mapping.txt</c> and CSV are streams; the others are
/// documents, which are loaded, within limits. What is no entry is an entry with an error: nothing disappears.
/// </summary>
internal static class ImageListFile
{
    /// <summary>Reads a file. Nothing is opened before the first entry is asked for.</summary>
    /// <param name="path">The file. Where the format is to be found out, its name counts: <c>.csv</c>, <c>.yaml</c>,
    /// <c>.yml</c>, <c>.json</c> and <c>mapping.txt</c> are looked into, anything else is a plain list.</param>
    /// <param name="format">The format.</param>
    /// <param name="warn">Told, while the entries are read, what is not an error and yet may not be meant.</param>
    /// <returns>The entries in the order of the file, numbered from 1.</returns>
    /// <exception cref="ImageListFormatException">The file is not what it should be, is over a limit, or its format
    /// cannot be told.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static IEnumerable<ImageListEntry> Read(
        string path, ImageListFormat format = ImageListFormat.Auto, Action<string>? warn = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Entries();

        IEnumerable<ImageListEntry> Entries()
        {
            foreach (ImageListEntry entry in Open(path, format, warn)) yield return entry;
        }
    }

    internal static IEnumerable<ImageListEntry> ReadLines(IEnumerable<ImageListLine> lines)
    {
        int count = 0;
        foreach (ImageListLine line in lines)
        {
            if (ListLine.Split(line) is not { } several)
            {
                yield return ImageListEntry.Read(++count, line);
                continue;
            }

            foreach (ImageListLine one in several) yield return ImageListEntry.Read(++count, one);
        }
    }

    private static IEnumerable<ImageListEntry> Open(string path, ImageListFormat format, Action<string>? warn) =>
        format switch
        {
            ImageListFormat.Auto => ReadByName(path, warn),
            ImageListFormat.List => ReadList(path, warn),
            ImageListFormat.Csv => ReadText(path, reader => CsvList.Read(reader, path, mayBePlain: false, warn)),
            ImageListFormat.OcMirror => OcMirrorList.Read(ImageListReader.ReadFile(path)),
            _ => ReadDocument(path, format),
        };

    private static IEnumerable<ImageListEntry> ReadByName(string path, Action<string>? warn)
    {
        if (path.EndsWith("mapping.txt", StringComparison.OrdinalIgnoreCase)) return ReadMappingOrLines(path, warn);
        return Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".CSV" => ReadText(path, reader => CsvList.Read(reader, path, mayBePlain: true, warn)),
            ".YAML" or ".YML" or ".JSON" => ReadDocument(path, ImageListFormat.Auto),
            _ => ReadList(path, warn),
        };
    }

    private static IEnumerable<ImageListEntry> ReadList(string path, Action<string>? warn) =>
        ListHint.Watch(ReadLines(ImageListReader.ReadFile(path)), path, warn);

    // A list of lines may have that name as well.
    private static IEnumerable<ImageListEntry> ReadMappingOrLines(string path, Action<string>? warn)
    {
        IEnumerable<ImageListLine> lines = ImageListReader.ReadFile(path);
        IEnumerable<ImageListEntry> entries =
            lines.Take(1).Any(OcMirrorList.IsMapping) ? OcMirrorList.Read(lines) : ReadList(path, warn);
        foreach (ImageListEntry entry in entries) yield return entry;
    }

    private static IEnumerable<ImageListEntry> ReadText(string path, Func<TextReader, IEnumerable<ImageListEntry>> read)
    {
        using StreamReader reader = OpenText(path);
        foreach (ImageListEntry entry in read(reader)) yield return entry;
    }

    private static IEnumerable<ImageListEntry> ReadDocument(string path, ImageListFormat format)
    {
        using StreamReader reader = OpenText(path);
        return ListDocument.Load(reader, path).Read(format, new EntryMaker(path));
    }

    internal static StreamReader OpenText(string path) => new(
        new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete),
        Encoding.UTF8,
        detectEncodingFromByteOrderMarks: true);
}
