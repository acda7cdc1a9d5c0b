using System.Buffers;

namespace MirrorValidate.Reports.Results;

/// <summary>The part of a stream that is looked at: it is filled at its end, and what was read is taken off.</summary>
/// <param name="stream">The stream.</param>
/// <param name="size">The size to begin with, in bytes. It grows if what is looked at is larger.</param>
internal sealed class StreamWindow(Stream stream, int size) : IDisposable
{
    private const int MaximumSize = 1 << 26;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(size);
    private int _start;
    private int _end;

    /// <summary>The bytes that were filled in and not taken off.</summary>
    internal ReadOnlySpan<byte> Bytes => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Where in the stream they begin.</summary>
    internal long Place { get; private set; }

    /// <summary>Whether the stream has no more.</summary>
    internal bool IsComplete { get; private set; }

    /// <summary>Takes off bytes that were read.</summary>
    internal void Skip(int count)
    {
        _start += count;
        Place += count;
    }

    /// <summary>Fills in more.</summary>
    /// <returns>Whether there was room: not if 64 MiB are looked at.</returns>
    internal bool TryFill()
    {
        if (_start > 0)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= MaximumSize) return false;
            byte[] larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            Buffer.BlockCopy(_buffer, 0, larger, 0, _end);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        int read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        IsComplete = read == 0;
        return true;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        (_start, _end) = (0, 0);
    }
}
