using System.Globalization;
using MirrorValidate.References;
using MirrorValidate.Registries;

namespace MirrorValidate.Stores.Files;

/// <summary>
/// Goes through the headers of a tar archive. .NET's TarReader would do, but on .NET 8 it does not tell where content
/// lies, it takes as much memory as a header asks for, and it does not name the sparse entries that it refuses.
/// </summary>
/// <param name="archive">The archive. Content is skipped by seeking where that is possible.</param>
/// <param name="path">The path of the archive, for messages.</param>
/// <param name="limits">The limits.</param>
internal sealed class TarScan(Stream archive, string path, StoreLimits limits)
{
    // No archive is as large, and sums of two such sizes are numbers still.
    private const long MaximumSize = long.MaxValue / 4;

    private readonly byte[] _block = new byte[TarHeader.BlockSize];
    private readonly long _length = archive.CanSeek ? archive.Length : 0;
    private long _position;
    private long _next;
    private int _entries;
    private string _last = "";

    /// <summary>Reads the header of the next entry; skips what is left of the content of the one before.</summary>
    /// <returns>The entry; <see langword="null"/> at the end of the archive.</returns>
    /// <exception cref="StoreException">The archive is damaged, cut off or over a limit.</exception>
    /// <exception cref="IOException">The archive cannot be read.</exception>
    /// <exception cref="InvalidDataException">The archive cannot be decompressed.</exception>
    internal TarEntry? Next()
    {
        var extension = new TarExtension();
        while (true)
        {
            SkipTo(_next);
            ReadBlock();
            if (IsZero())
            {
                // Two blocks of zeros end an archive.
                ReadBlock();
                return IsZero() ? null : throw Damaged("after the first block of its end");
            }

            if (!TarHeader.IsHeader(_block)) throw Damaged(After);
            long size = TarHeader.Size(_block) ?? throw Damaged(After);
            char type = TarHeader.Type(_block);
            if (type is 'x' or 'g' or 'L' or 'K')
            {
                byte[] content = ReadExtension(size);
                if (!extension.Add(type, content)) throw Damaged(After);
                continue;
            }

            TarEntry entry = extension.Apply(_block, size, _position);
            if (++_entries > limits.Entries)
            {
                throw new StoreException(
                    RegistryFault.ResponseTooLarge, $"{path}: the archive has more than {limits.Entries} entries");
            }

            _last = entry.Name;
            if (type == 'S' || extension.IsSparse)
                throw Refuse(entry.Name, "it is a sparse entry of GNU tar; write the archive without --sparse");
            if (entry.Length > MaximumSize) throw CutOff();
            _next = _position + Padded(entry.Length);
            return entry;
        }
    }

    /// <summary>Notes that content of the entry was read from the archive.</summary>
    /// <param name="count">The number of bytes.</param>
    internal void Advance(int count) => _position += count;

    /// <summary>The exception for an entry that is not accepted.</summary>
    internal StoreException Refuse(string name, string problem) =>
        new(RegistryFault.MalformedManifest, $"{path}: {Printable.Of(name)}: {problem}");

    /// <summary>The exception for an archive that ends too early.</summary>
    internal StoreException CutOff() => new(
        RegistryFault.MalformedManifest, $"{path}: the archive is cut off{(_last.Length == 0 ? "" : $" {After}")}");

    /// <summary>The exception for an archive that cannot be decompressed.</summary>
    /// <param name="e">Why, a sentence.</param>
    internal StoreException Undecompressed(InvalidDataException e) =>
        new(RegistryFault.MalformedManifest, $"{path}, {After}: {e.Message}", e);

    private string After => _last.Length == 0 ? "at its start" : $"in or after {Printable.Of(_last)}";

    private StoreException Damaged(string where) => new(
        RegistryFault.MalformedManifest,
        string.Create(CultureInfo.InvariantCulture, $"{path}: the archive is damaged {where}, at byte {_position}"));

    private static long Padded(long size) =>
        (size + TarHeader.BlockSize - 1) / TarHeader.BlockSize * TarHeader.BlockSize;

    private byte[] ReadExtension(long size)
    {
        if (size > limits.HeaderSize)
        {
            throw new StoreException(
                RegistryFault.ResponseTooLarge, $"{path}: a header {After} has more than {limits.HeaderSize} bytes");
        }

        byte[] content = new byte[size];
        Read(content);
        _next = _position + Padded(size) - size;
        return content;
    }

    private bool IsZero() => !_block.AsSpan().ContainsAnyExcept((byte)0);

    private void ReadBlock()
    {
        Read(_block);
        _next = _position;
    }

    private void Read(Span<byte> buffer)
    {
        int count = archive.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        if (count < buffer.Length) throw CutOff();
        _position += count;
    }

    private void SkipTo(long position)
    {
        if (archive.CanSeek)
        {
            if (position > _length) throw CutOff();
            archive.Position = position;
            _position = position;
            return;
        }

        Span<byte> skipped = stackalloc byte[TarHeader.BlockSize];
        while (_position < position) Read(skipped[..(int)Math.Min(skipped.Length, position - _position)]);
    }
}
