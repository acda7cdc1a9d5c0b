using System.Text;
using System.Text.Json;

namespace MirrorValidate.ImageLists.Formats;

/// <summary>
/// Reads JSON with line numbers. Comments and trailing commas are allowed: image-syncer's own examples have them.
/// </summary>
internal static class JsonDocumentReader
{
    /// <exception cref="ImageListFormatException">The text is not JSON, or exceeds a limit.</exception>
    internal static DocumentNode Read(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions
        {
            AllowTrailingCommas = true,
            CommentHandling = JsonCommentHandling.Skip,
            MaxDepth = DocumentLimits.MaximumDepth + 1,
        });
        var lines = new LineCounter(bytes);
        try
        {
            reader.Read();
            DocumentNode root = ReadValue(ref reader, lines, depth: 1);
            reader.Read();
            return root;
        }
        catch (JsonException e)
        {
            // Its message may quote the text, and that may be a password.
            throw new ImageListFormatException(
                "this is not JSON: look for a missing quote, comma or bracket here or just before",
                (int)(e.LineNumber ?? 0) + 1);
        }
    }

    private static DocumentNode ReadValue(ref Utf8JsonReader reader, LineCounter lines, int depth)
    {
        int line = lines.LineOf(reader.TokenStartIndex);
        return reader.TokenType switch
        {
            JsonTokenType.StartObject => ReadObject(ref reader, lines, line, depth),
            JsonTokenType.StartArray => ReadArray(ref reader, lines, line, depth),
            JsonTokenType.Null => new DocumentScalar(null, line),
            JsonTokenType.String => new DocumentScalar(TextOf(ref reader, line), line),
            _ => new DocumentScalar(Encoding.UTF8.GetString(reader.ValueSpan), line),
        };
    }

    private static DocumentMapping ReadObject(ref Utf8JsonReader reader, LineCounter lines, int line, int depth)
    {
        DocumentLimits.CheckDepth(depth, line);
        var members = new List<DocumentMember>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            int keyLine = lines.LineOf(reader.TokenStartIndex);
            string key = TextOf(ref reader, keyLine);
            reader.Read();
            members.Add(new DocumentMember(key, keyLine, ReadValue(ref reader, lines, depth + 1)));
        }

        return DocumentLimits.CheckWeight(new DocumentMapping(members, line));
    }

    private static DocumentSequence ReadArray(ref Utf8JsonReader reader, LineCounter lines, int line, int depth)
    {
        DocumentLimits.CheckDepth(depth, line);
        var items = new List<DocumentNode>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            items.Add(ReadValue(ref reader, lines, depth + 1));
        return DocumentLimits.CheckWeight(new DocumentSequence(items, line));
    }

    private static string TextOf(ref Utf8JsonReader reader, int line)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new ImageListFormatException("a text has half of a surrogate pair (\\ud800 to \\udfff)", line);
        }
    }

    // Tokens come in order, so each line end is counted only once.
    private sealed class LineCounter(byte[] bytes)
    {
        private int _position;
        private int _line = 1;

        internal int LineOf(long index)
        {
            _line += bytes.AsSpan(_position, (int)index - _position).Count((byte)'\n');
            _position = (int)index;
            return _line;
        }
    }
}
