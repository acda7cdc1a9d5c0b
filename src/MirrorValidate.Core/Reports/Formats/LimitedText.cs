using System.Text;

namespace MirrorValidate.Reports.Formats;

/// <summary>Lines up to a limit.</summary>
/// <param name="writer">Where they go.</param>
/// <param name="limit">The number of bytes after which <see cref="TryAdd"/> adds no more.</param>
internal sealed class LimitedText(TextWriter writer, int limit)
{
    private int _bytes;

    /// <summary>Adds lines that may not be left out.</summary>
    internal void Add(params string[] lines)
    {
        foreach (string line in lines)
        {
            writer.WriteLine(line);
            _bytes += Size(line);
        }
    }

    /// <summary>Adds all lines, or none where they do not fit.</summary>
    internal bool TryAdd(string[] lines)
    {
        if (_bytes + lines.Sum(Size) > limit) return false;
        Add(lines);
        return true;
    }

    private static int Size(string line) => Encoding.UTF8.GetByteCount(line) + 1;
}
