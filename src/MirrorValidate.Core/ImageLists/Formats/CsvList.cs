using System.Globalization;

namespace MirrorValidate.ImageLists.Formats;

/// <summary>
/// Comma-separated values. With a header, the columns for source, destination, tag and platform are read, in any order
/// (<see cref="CsvHeader"/>). Without one, the fields are those of a list line. Results that were saved with Export-Csv
/// are such files; for a result whose line could not be read, the column Line is used.
/// </summary>
internal static class CsvList
{
    private const string Needed = "Source, Destination and Tag";
    private const string Columns = $"the columns are {Needed}";

    /// <summary>Reads a file.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="path">The file.</param>
    /// <param name="mayBePlain">Whether it may also be a plain list with a misleading name.</param>
    /// <param name="warn">Called for columns that seem to matter but are not read.</param>
    internal static IEnumerable<ImageListEntry> Read(
        TextReader reader, string? path, bool mayBePlain, Action<string>? warn = null)
    {
        var text = new CsvRecords(reader);
        // The first line decides what the file is, so it is read before the rest.
        (string? first, int line, char? separator) = ReadFirstLine(text);
        if (first is null) return [];
        if (first.Contains('\0')) throw new ImageListFormatException($"it {ListHint.Utf16}", line);
        char[] separators = separator is { } one ? [one] : CsvHeader.Separators;
        var entries = new EntryMaker(path);
        if (CsvHeader.Find(first, separators) is { } header)
        {
            text.Separator = header.Separator;
            foreach (string column in header.Unread)
            {
                warn?.Invoke(
                    $"{path}: the column \"{column}\" looks like a place of images, and is not read: {Columns}");
            }

            return ReadRecords(text, record => ReadRecord(record, header, entries), entries);
        }

        char found = separators.FirstOrDefault(first.Contains);
        if (mayBePlain && found == default) return ReadPlain(first, line, reader, path);
        if (!first.AsSpan().ContainsAny('/', ':'))
        {
            throw new ImageListFormatException($"the header has no column Source: {Columns}", line)
            {
                IsUnknownFormat = mayBePlain,
            };
        }

        text.Separator = found == default ? separators[0] : found;
        CsvRecords.CsvRecord record = new(line, CsvRecords.Split(first, text.Separator));
        return ReadFields(record, entries).Concat(ReadRecords(text, next => ReadFields(next, entries), entries));
    }

    // "sep=;" tells Excel the separator; "#TYPE" is what Export-Csv of Windows PowerShell writes.
    private static (string? Text, int Line, char? Separator) ReadFirstLine(CsvRecords text)
    {
        char? separator = null;
        for (int line = 1; ; line++)
        {
            string? read = text.ReadLine()?.TrimStart('\uFEFF');
            if (read is null) return (null, line, separator);
            if (read.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && read.Length > 4) separator = read[4];
            else if (!string.IsNullOrWhiteSpace(read) && !read.StartsWith("#TYPE", StringComparison.OrdinalIgnoreCase))
                return (read, line, separator);
        }
    }

    private static IEnumerable<ImageListEntry> ReadPlain(string first, int line, TextReader rest, string? path)
    {
        using var firstLine = new StringReader(first);
        IEnumerable<ImageListLine> lines =
            ImageListReader.Read(firstLine, path, line).Concat(ImageListReader.Read(rest, path, line + 1));
        foreach (ImageListEntry entry in ImageListFile.ReadLines(lines)) yield return entry;
    }

    private static IEnumerable<ImageListEntry> ReadRecords(
        CsvRecords text, Func<CsvRecords.CsvRecord, IEnumerable<ImageListEntry>> read, EntryMaker entries)
    {
        while (text.Read() is { } record)
        {
            if (record.Problem is not null)
            {
                yield return entries.Refuse(record.Line, string.Join(' ', record.Fields), record.Problem);
                yield break;
            }

            foreach (ImageListEntry entry in read(record)) yield return entry;
        }
    }

    private static IEnumerable<ImageListEntry> ReadRecord(
        CsvRecords.CsvRecord record, CsvHeader header, EntryMaker entries)
    {
        // A spreadsheet leaves rows of nothing but separators behind.
        if (record.Fields.All(string.IsNullOrWhiteSpace)) return [];
        string all = string.Join(' ', record.Fields);
        if (record.Fields.Count > header.Count)
        {
            return [entries.Refuse(record.Line, all, string.Create(
                CultureInfo.InvariantCulture,
                $"the record has {record.Fields.Count} fields and the header {header.Count}: "
                + $"put a field that has a separator in it between quotes"))];
        }

        string source = Field(record, header.Source);
        string destination = Field(record, header.Destination);
        string tag = TagOf(Field(record, header.Tag), Field(record, header.DestinationTag));
        string platform = Field(record, header.Platform);
        if (source.Length > 0) return [entries.Make(record.Line, source, destination, tag, platform)];
        string line = Field(record, header.Line);
        return line.Length > 0
            ? entries.MakeOfLine(record.Line, line)
            : [entries.Refuse(record.Line, $"{destination} {tag}", "the Source is empty")];
    }

    // The fields of a list line. If the middle one is empty, there is no destination.
    private static IEnumerable<ImageListEntry> ReadFields(CsvRecords.CsvRecord record, EntryMaker entries)
    {
        string[] fields = [.. record.Fields.Select(field => field.Trim())];
        int count = Array.FindLastIndex(fields, field => field.Length > 0) + 1;
        string line = string.Join(' ', fields);
        return count switch
        {
            0 => [],
            1 or 2 => entries.MakeOfLine(record.Line, line),
            3 => [entries.Make(record.Line, fields[0], fields[1], fields[2])],
            _ => [entries.Refuse(record.Line, line, string.Create(
                CultureInfo.InvariantCulture,
                $"the record has {count} fields and the file no header: write one, with {Needed}"))],
        };
    }

    private static string TagOf(string tag, string destinationTag) =>
        destinationTag.Length == 0 ? tag : $"{(tag.Length == 0 ? "latest" : tag)}={destinationTag}";

    private static string Field(CsvRecords.CsvRecord record, int index) =>
        index < 0 || index >= record.Fields.Count ? "" : record.Fields[index].Trim();
}
