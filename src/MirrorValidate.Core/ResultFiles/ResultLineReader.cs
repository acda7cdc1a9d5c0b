using MirrorValidate.Reports.Results;

namespace MirrorValidate.ResultFiles;

/// <summary>Reads the lines of a result file as bytes, with the place of each.</summary>
/// <param name="stream">The file, from its beginning.</param>
internal sealed class ResultLineReader(Stream stream) : IDisposable
{
    private const int InitialSize = 1 << 18;

    private readonly StreamWindow _window = new(stream, InitialSize);
    private int _length;

    /// <summary>The line without its line end; until the next is read.</summary>
    internal ReadOnlySpan<byte> Line => _window.Bytes[.._length];

    /// <summary>Where in the file the line begins.</summary>
    internal long Place => _window.Place;

    /// <summary>The number of the line, from 1.</summary>
    internal int Number { get; private set; }

    /// <summary>Whether the line has its line end; the last one of a run that was killed may have none.</summary>
    internal bool HasEnd { get; private set; } = true;

    /// <summary>Reads the next line that is not blank.</summary>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="FormatException">It is larger than 64 MiB.</exception>
    internal bool Read()
    {
        while (ReadLine())
        {
            if (Line.IndexOfAnyExcept(" \t\r"u8) >= 0) return true;
        }

        return false;
    }

    public void Dispose() => _window.Dispose();

    private bool ReadLine()
    {
        if (Number > 0) _window.Skip(_length + (HasEnd ? 1 : 0));
        _length = 0;
        for (int searched = 0; ;)
        {
            int found = _window.Bytes[searched..].IndexOf((byte)'\n');
            if (found >= 0) return Take(searched + found, hasEnd: true);
            searched = _window.Bytes.Length;
            if (_window.IsComplete) return searched > 0 && Take(searched, hasEnd: false);
            if (!_window.TryFill()) throw new FormatException($"line {Number + 1} is larger than 64 MiB");
        }
    }

    private bool Take(int length, bool hasEnd)
    {
        _length = length;
        HasEnd = hasEnd;
        Number++;
        return true;
    }
}
