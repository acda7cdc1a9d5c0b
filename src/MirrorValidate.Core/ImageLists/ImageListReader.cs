using System.Text;

namespace MirrorValidate.ImageLists;

/// <summary>
/// Reads the lines of an image list as a stream, skipping blank lines and comments (<c>#</c>, <c>//</c>). Byte order
/// marks, CRLF and a missing last line end are fine. What the lines say is <see cref="MirrorImage.Parse"/>'s to read.
/// </summary>
internal static class ImageListReader
{
    /// <summary>
    /// How much of a line is kept, in characters. No entry is as long; the rest of a longer line, as a binary file may
    /// have, is passed over so that memory stays flat, and the line is marked
    /// (<see cref="ImageListLine.IsTruncated"/>).
    /// </summary>
    public const int MaximumLineLength = 16 * 1024;

    /// <summary>
    /// Reads a file, UTF-8 unless a byte order mark says otherwise. Nothing is opened before the first line is asked
    /// for.
    /// </summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static IEnumerable<ImageListLine> ReadFile(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        foreach (ImageListLine line in Read(reader, path)) yield return line;
    }

    /// <summary>Reads lines from a text.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="path">The file that the lines will name, if any.</param>
    /// <param name="firstLineNumber">The number of the first line.</param>
    public static IEnumerable<ImageListLine> Read(TextReader reader, string? path = null, int firstLineNumber = 1)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return Lines();

        IEnumerable<ImageListLine> Lines()
        {
            var lines = new LineReader(reader);
            for (int number = firstLineNumber; lines.TryRead(out string line, out bool isTruncated); number++)
            {
                if (number == firstLineNumber) line = line.TrimStart('\uFEFF');
                if (isTruncated ? !IsComment(line) : !IsBlankOrComment(line))
                    yield return new ImageListLine(line, number, path) { IsTruncated = isTruncated };
            }
        }
    }

    private static bool IsBlankOrComment(string line) => string.IsNullOrWhiteSpace(line) || IsComment(line);

    private static bool IsComment(string line)
    {
        ReadOnlySpan<char> trimmed = line.AsSpan().TrimStart();
        return trimmed.StartsWith("#") || trimmed.StartsWith("//");
    }

    // TextReader.ReadLine keeps the whole of a line, however long.
    private sealed class LineReader(TextReader reader)
    {
        private readonly StringBuilder _text = new();
        private bool _endedWithReturn;

        internal bool TryRead(out string line, out bool isTruncated)
        {
            _text.Clear();
            isTruncated = false;
            int next = reader.Read();
            // The second half of CRLF. Not looked for at the end of the line before: a pipe may not have it yet.
            if (_endedWithReturn && next == '\n') next = reader.Read();
            bool isLine = next >= 0;
            for (; next is not (< 0 or '\n' or '\r'); next = reader.Read())
            {
                if (_text.Length < MaximumLineLength) _text.Append((char)next);
                else isTruncated |= !char.IsWhiteSpace((char)next);
            }

            _endedWithReturn = next == '\r';
            line = _text.ToString();
            return isLine;
        }
    }
}
