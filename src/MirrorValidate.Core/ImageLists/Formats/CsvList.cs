using System.Globalization;

namespace MirrorValidate.ImageLists.Formats;

/// <summary>
/// Comma-separated values with a header: the columns Source, Destination and Tag count, in any order and case, and others are passed
/// over. Results that were saved with Export-Csv are such files; of those that could not be read the column Line is taken.
/// </summary>
internal static class CsvList
{
    /// <summary>Reads a file.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="path">The file.</param>
    /// <param name="mayBePlain">Whether it may also be a list of lines with a misleading name.</param>
    internal static IEnumerable<ImageListEntry> Read(TextReader reader, string? path, bool mayBePlain)
    {
        var text = new CsvRecords(reader);
        // The header decides what the file is, so it is read before the rest.
        (string? header, int line) = ReadHeader(text);
        if (header is null) return [];
        if (Columns.Find(header) is { } columns)
        {
            text.Separator = columns.Separator;
            return ReadRecords(text, columns, new EntryMaker(path));
        }

        if (!mayBePlain || header.AsSpan().ContainsAny(Columns.Separators))
        {
            throw new ImageListFormatException("the header has no column Source: the columns are Source, Destination and Tag", line)
            {
                IsUnknownFormat = mayBePlain,
            };
        }

        return ReadPlain(header, line, reader, path);
    }

    private static (string? Header, int Line) ReadHeader(CsvRecords text)
    {
        string? header = null;
        int line = 0;
        do
        {
            header = text.ReadLine()?.TrimStart('\uFEFF');
            line++;
        }
        while (header is not null && (string.IsNullOrWhiteSpace(header) || header.StartsWith("#TYPE", StringComparison.OrdinalIgnoreCase)));
        return (header, line);
    }

    private static IEnumerable<ImageListEntry> ReadPlain(string first, int line, TextReader rest, string? path)
    {
        using var firstLine = new StringReader(first);
        IEnumerable<ImageListLine> lines = ImageListReader.Read(firstLine, path, line).Concat(ImageListReader.Read(rest, path, line + 1));
        foreach (ImageListEntry entry in ImageListFile.ReadLines(lines)) yield return entry;
    }

    private static IEnumerable<ImageListEntry> ReadRecords(CsvRecords text, Columns columns, EntryMaker entries)
    {
        while (text.Read() is { } record)
        {
            if (record.Problem is not null)
            {
                yield return entries.Refuse(record.Line, string.Join(' ', record.Fields), record.Problem);
                yield break;
            }

            // A spreadsheet leaves rows of nothing but separators behind.
            if (!record.Fields.All(string.IsNullOrWhiteSpace)) yield return ReadRecord(record, columns, entries);
        }
    }

    private static ImageListEntry ReadRecord(CsvRecords.CsvRecord record, Columns columns, EntryMaker entries)
    {
        if (record.Fields.Count > columns.Count)
        {
            return entries.Refuse(record.Line, string.Join(' ', record.Fields), string.Create(
                CultureInfo.InvariantCulture, $"the record has {record.Fields.Count} fields and the header {columns.Count}: put a field that has a separator in it between quotes"));
        }

        string source = columns.SourceOf(record.Fields);
        if (source.Length > 0) return entries.Make(record.Line, source, columns.DestinationOf(record.Fields), columns.TagOf(record.Fields));
        string line = columns.LineOf(record.Fields);
        return line.Length > 0
            ? entries.MakeOfLine(record.Line, line)
            : entries.Refuse(record.Line, string.Join(' ', columns.DestinationOf(record.Fields), columns.TagOf(record.Fields)), "the Source is empty");
    }

    /// <summary>Where the columns that count stand in a record.</summary>
    private sealed record Columns(char Separator, int Count, int Source, int Destination, int Tag, int Line)
    {
        // Export-Csv -UseCulture writes what the country's spreadsheets read.
        internal static readonly char[] Separators = [',', ';', '\t'];

        /// <summary>The columns of a header; <see langword="null"/> where no separator makes it one with a source.</summary>
        internal static Columns? Find(string header) => Separators.Select(separator => Of(header, separator)).FirstOrDefault(columns => columns.Source >= 0);

        internal string SourceOf(IReadOnlyList<string> fields) => Field(fields, Source);

        internal string DestinationOf(IReadOnlyList<string> fields) => Field(fields, Destination);

        internal string TagOf(IReadOnlyList<string> fields) => Field(fields, Tag);

        internal string LineOf(IReadOnlyList<string> fields) => Field(fields, Line);

        private static Columns Of(string header, char separator)
        {
            using var reader = new StringReader(header);
            string[] names = [.. (new CsvRecords(reader) { Separator = separator }.Read()?.Fields ?? []).Select(name => name.Trim())];
            int Find(string name) => Array.FindIndex(names, other => other.Equals(name, StringComparison.OrdinalIgnoreCase));
            return new Columns(separator, names.Length, Find("Source"), Find("Destination"), Find("Tag"), Find("Line"));
        }

        private static string Field(IReadOnlyList<string> fields, int index) => index < 0 || index >= fields.Count ? "" : fields[index].Trim();
    }
}
