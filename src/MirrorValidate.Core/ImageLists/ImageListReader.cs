using System.Text;

namespace MirrorValidate.ImageLists;

/// <summary>
/// Reads the lines of an image list as a stream, skipping blank lines and comments (<c>#</c>, <c>//</c>). Byte order marks,
/// CRLF and a missing last line end are fine. What the lines say is <see cref="MirrorImage.Parse"/>'s to read.
/// </summary>
public static class ImageListReader
{
    /// <summary>
    /// How much of a line is kept, in characters. No entry is as long; the rest of a longer line, as a binary file may have, is
    /// passed over so that memory stays flat.
    /// </summary>
    public const int MaximumLineLength = 16 * 1024;

    /// <summary>Reads a file, UTF-8 unless a byte order mark says otherwise. Nothing is opened before the first line is asked for.</summary>
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
            var text = new StringBuilder();
            for (int number = firstLineNumber; TryReadLine(reader, text); number++)
            {
                string line = text.ToString();
                if (number == firstLineNumber) line = line.TrimStart('\uFEFF');
                if (!IsBlankOrComment(line)) yield return new ImageListLine(line, number, path);
            }
        }
    }

    private static bool IsBlankOrComment(string line)
    {
        ReadOnlySpan<char> trimmed = line.AsSpan().Trim();
        return trimmed.IsEmpty || trimmed[0] == '#' || trimmed.StartsWith("//");
    }

    private static bool TryReadLine(TextReader reader, StringBuilder text)
    {
        text.Clear();
        int next = reader.Read();
        if (next < 0) return false;
        for (; next >= 0 && next != '\n'; next = reader.Read())
        {
            if (next == '\r')
            {
                if (reader.Peek() == '\n') reader.Read();
                break;
            }

            if (text.Length < MaximumLineLength) text.Append((char)next);
        }

        return true;
    }
}
