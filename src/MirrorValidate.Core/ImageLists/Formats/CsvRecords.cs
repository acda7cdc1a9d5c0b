using System.Text;

namespace MirrorValidate.ImageLists.Formats;

/// <summary>
/// Reads comma-separated values as a stream (RFC 4180): quoted fields may have separators, line ends and doubled
/// quotes. Line ends may be CRLF, LF or CR; blank lines are skipped.
/// </summary>
/// <param name="reader">The text.</param>
internal sealed class CsvRecords(TextReader reader)
{
    /// <summary>
    /// The maximum length of a record, in characters. A longer one comes from a quote that was never closed, and would
    /// fill the memory.
    /// </summary>
    internal const int MaximumLength = 256 * 1024;

    private readonly StringBuilder _field = new();
    private int _line = 1;
    private int _length;

    /// <summary>A record.</summary>
    /// <param name="Line">The line that it begins on.</param>
    /// <param name="Fields">Its fields; if it is broken, those before the problem.</param>
    /// <param name="Problem">What is wrong with it, if anything. No record after it can be read.</param>
    internal sealed record CsvRecord(int Line, IReadOnlyList<string> Fields, string? Problem = null);

    /// <summary>The field separator.</summary>
    internal char Separator { get; set; } = ',';

    /// <summary>The fields of a line, without the blanks around them.</summary>
    internal static string[] Split(string line, char separator)
    {
        using var reader = new StringReader(line);
        CsvRecord? record = new CsvRecords(reader) { Separator = separator }.Read();
        return [.. (record?.Fields ?? []).Select(field => field.Trim())];
    }

    /// <summary>Reads a line and ignores quotes; <see langword="null"/> at the end.</summary>
    internal string? ReadLine()
    {
        _field.Clear();
        int next = Next();
        if (next < 0) return null;
        for (; next is not (< 0 or '\n') && _field.Length < MaximumLength; next = Next()) _field.Append((char)next);
        return _field.ToString();
    }

    /// <summary>Reads the next record; <see langword="null"/> at the end.</summary>
    internal CsvRecord? Read()
    {
        int next = Next();
        while (next == '\n') next = Next();
        if (next < 0) return null;
        int line = _line;
        _length = 0;
        var fields = new List<string>();
        while (true)
        {
            string? problem = next == '"' ? ReadQuoted(out next) : ReadPlain(ref next);
            fields.Add(_field.ToString());
            if (problem is not null) return new CsvRecord(line, fields, problem);
            if (next != Separator) return new CsvRecord(line, fields);
            next = Next();
        }
    }

    private string? ReadPlain(ref int next)
    {
        _field.Clear();
        for (; next is not (< 0 or '\n') && next != Separator; next = Next())
        {
            if (!Append(next)) return TooLong;
        }

        return null;
    }

    // After the closing quote there should be a separator or the end of the line. Anything else belongs to the field,
    // as in Import-Csv.
    private string? ReadQuoted(out int next)
    {
        _field.Clear();
        bool isOpen = true;
        for (next = Next(); next >= 0; next = Next())
        {
            if (isOpen && next == '"')
            {
                if (reader.Peek() == '"') Next();
                else
                {
                    isOpen = false;
                    continue;
                }
            }
            else if (!isOpen && (next == '\n' || next == Separator)) return null;

            if (!Append(next)) return TooLong;
        }

        return isOpen ? "a quote that opens here is never closed" : null;
    }

    private static string TooLong =>
        $"the record is longer than {MaximumLength} characters, as with a quote that is never closed; "
        + "what comes after it was not read";

    private bool Append(int character)
    {
        _field.Append((char)character);
        return ++_length <= MaximumLength;
    }

    // Every kind of line end is read as one character.
    private int Next()
    {
        int next = reader.Read();
        if (next == '\r')
        {
            if (reader.Peek() == '\n') reader.Read();
            next = '\n';
        }

        if (next == '\n') _line++;
        return next;
    }
}
