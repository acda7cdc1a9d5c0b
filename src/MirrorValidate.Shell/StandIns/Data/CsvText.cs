using System.Text;

namespace MirrorValidate.Shell.StandIns.Data;

/// <summary>Comma-separated values (RFC 4180): quoted fields may hold delimiters, line ends and doubled quotes.</summary>
internal static class CsvText
{
    /// <summary>One line with every field quoted, as pwsh writes it.</summary>
    public static string Line(IEnumerable<string?> fields, char delimiter) => string.Join(
        delimiter, fields.Select(field => field is null ? "" : $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\""));

    /// <summary>The records of a text, without empty lines.</summary>
    public static IEnumerable<IReadOnlyList<string>> Read(TextReader reader, char delimiter)
    {
        while (reader.Peek() >= 0)
        {
            List<string> record = ReadRecord(reader, delimiter);
            if (record is not [""])
                yield return record;
        }
    }

    private static List<string> ReadRecord(TextReader reader, char delimiter)
    {
        List<string> record = [];
        StringBuilder field = new();
        bool quoted = false;
        while (reader.Read() is int code and >= 0)
        {
            char character = (char)code;
            if (character == '"' && (quoted || field.Length == 0))
            {
                if (quoted && reader.Peek() == '"')
                    field.Append((char)reader.Read());
                else
                    quoted = !quoted;
            }
            else if (!quoted && character == delimiter)
            {
                record.Add(field.ToString());
                field.Clear();
            }
            else if (!quoted && character is '\r' or '\n')
            {
                if (character == '\r' && reader.Peek() == '\n')
                    reader.Read();
                break;
            }
            else
            {
                field.Append(character);
            }
        }

        record.Add(field.ToString());
        return record;
    }
}
