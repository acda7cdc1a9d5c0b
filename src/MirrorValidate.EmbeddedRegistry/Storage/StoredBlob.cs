namespace MirrorValidate.Embedded;

/// <summary>
/// A stored blob: a block of bytes, repeated any number of times, so that large blobs need little memory.
/// </summary>
public sealed class StoredBlob
{
    private readonly ReadOnlyMemory<byte> _block;

    internal StoredBlob(ReadOnlyMemory<byte> block, long repetitions = 1)
    {
        _block = block;
        Length = block.Length * repetitions;
    }

    /// <summary>The size in bytes.</summary>
    public long Length { get; }

    /// <summary>Reads a part of the blob, in pieces.</summary>
    /// <param name="start">The first byte.</param>
    /// <param name="length">How many bytes.</param>
    public IEnumerable<ReadOnlyMemory<byte>> Read(long start, long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start + length, Length);
        while (length > 0)
        {
            var offset = (int)(start % _block.Length);
            var piece = _block.Slice(offset, (int)Math.Min(_block.Length - offset, length));
            yield return piece;
            start += piece.Length;
            length -= piece.Length;
        }
    }

    /// <summary>Returns all bytes.</summary>
    public byte[] ToArray() => [.. Read(0, Length).SelectMany(piece => piece.ToArray())];
}
