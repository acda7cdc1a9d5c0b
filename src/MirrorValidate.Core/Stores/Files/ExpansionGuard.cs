using System.Globalization;
using ZstdSharp;

namespace MirrorValidate.Stores.Files;

/// <summary>
/// Decompressed content, of which no more is given than an archive of its size may hold: a bomb of a few megabytes
/// expands to terabytes.
/// </summary>
/// <param name="decompressed">The content.</param>
/// <param name="compressed">The archive.</param>
/// <param name="limits">The limits.</param>
/// <param name="progress">Told how far the archive was read, in bytes.</param>
internal sealed class ExpansionGuard(
    Stream decompressed, FileStream compressed, StoreLimits limits, Action<long, long>? progress) : ForwardStream
{
    private readonly long _compressedLength = compressed.Length;
    private readonly long _limit =
        Math.Max(limits.FreeExpansion, (long)Math.Min(long.MaxValue, (double)compressed.Length * limits.Expansion));

    private long _count;

    /// <exception cref="InvalidDataException">
    /// The content is larger than the limit, or cannot be decompressed.
    /// </exception>
    public override int Read(Span<byte> buffer)
    {
        int count;
        try
        {
            count = decompressed.Read(buffer);
        }
        catch (Exception e) when (e is ZstdException or EndOfStreamException)
        {
            throw new InvalidDataException($"its zstd data is damaged or cut off: {e.Message}", e);
        }

        _count += count;
        if (_count > _limit)
        {
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture,
                $"its {_compressedLength} bytes expand to more than {_limit}: decompress it first if this is right"));
        }

        progress?.Invoke(compressed.Position, _compressedLength);
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) decompressed.Dispose();
        base.Dispose(disposing);
    }
}
