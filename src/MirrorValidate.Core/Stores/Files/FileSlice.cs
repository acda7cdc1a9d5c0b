using Microsoft.Win32.SafeHandles;

namespace MirrorValidate.Stores.Files;

/// <summary>Reads a part of a file. Others may read other parts of the same file at the same time.</summary>
/// <param name="file">The file, which stays open.</param>
/// <param name="offset">Where the part begins.</param>
/// <param name="length">The length of the part.</param>
internal sealed class FileSlice(SafeFileHandle file, long offset, long length) : Stream
{
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        int count = RandomAccess.Read(file, buffer[..WithinSlice(buffer.Length)], offset + _position);
        _position += count;
        return count;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int count = await RandomAccess
            .ReadAsync(file, buffer[..WithinSlice(buffer.Length)], offset + _position, cancellationToken)
            .ConfigureAwait(false);
        _position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
        // Nothing is written.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int WithinSlice(int count) => (int)Math.Min(count, length - _position);
}
