using System.Buffers;

namespace MirrorValidate.ResultFiles;

/// <summary>Reads the lines of a result file as bytes, with the place of each.</summary>
/// <param name="stream">The file, from its beginning.</param>
internal sealed class ResultLineReader(Stream stream) : IDisposable
{
    private const int InitialSize = 1 << 18;
    private const int MaximumSize = 1 << 26;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(InitialSize);
    private int _start;
    private int _end;
    private int _length;

    // Where in the file the buffer begins.
    private long _offset;
    private bool _isComplete;

    /// <summary>The line without its line end; until the next is read.</summary>
    internal ReadOnlySpan<byte> Line => _buffer.AsSpan(_start, _length);

    /// <summary>Where in the file the line begins.</summary>
    internal long Place => _offset + _start;

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

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private bool ReadLine()
    {
        if (Number > 0) _start += _length + 1;
        _length = 0;
        int searched = 0;
        while (true)
        {
            int found = _start + searched >= _end ? -1 : _buffer.AsSpan((_start + searched).._end).IndexOf((byte)'\n');
            if (found >= 0)
            {
                _length = searched + found;
                Number++;
                return true;
            }

            searched = Math.Max(0, _end - _start);
            if (_isComplete) break;
            Fill();
        }

        if (searched == 0) return false;
        _length = searched;
        HasEnd = false;
        Number++;
        return true;
    }

    private void Fill()
    {
        int kept = Math.Max(0, _end - _start);
        if (_start > 0)
        {
            Buffer.BlockCopy(_buffer, Math.Min(_start, _end), _buffer, 0, kept);
            _offset += _start;
            (_start, _end) = (0, kept);
        }

        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= MaximumSize)
                throw new FormatException($"line {Number + 1} is larger than 64 MiB");
            byte[] larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            Buffer.BlockCopy(_buffer, 0, larger, 0, _end);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        int read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _isComplete = read == 0;
    }
}
