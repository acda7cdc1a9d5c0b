using Microsoft.Win32.SafeHandles;

namespace MirrorValidate.Stores.Files;

/// <summary>Reads a part of a file. Others may read other parts of the same file at the same time.</summary>
/// <param name="file">The file, which stays open.</param>
/// <param name="offset">Where the part begins.</param>
/// <param name="length">The length of the part.</param>
internal sealed class FileSlice(SafeFileHandle file, long offset, long length) : ForwardStream
{
    private long _position;

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

    private int WithinSlice(int count) => (int)Math.Min(count, length - _position);
}
