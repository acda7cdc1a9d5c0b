using System.Buffers.Binary;
using System.Text;

namespace MirrorValidate.Stores.Files;

/// <summary>Reads the fields of a tar header (POSIX.1-2017, pax, "ustar Interchange Format"; GNU tar manual,
/// "Basic Tar Format").</summary>
internal static class TarHeader
{
    /// <summary>The size of a header, and what content is padded to, in bytes.</summary>
    internal const int BlockSize = 512;

    private const int ChecksumOffset = 148;
    private const int ChecksumLength = 8;

    /// <summary>Whether a block is a header: its checksum is right.</summary>
    internal static bool IsHeader(ReadOnlySpan<byte> block)
    {
        if (Number(block.Slice(ChecksumOffset, ChecksumLength)) is not { } stated) return false;
        long unsigned = 0;
        long signed = 0;
        for (int i = 0; i < BlockSize; i++)
        {
            byte value = i is >= ChecksumOffset and < ChecksumOffset + ChecksumLength ? (byte)' ' : block[i];
            unsigned += value;
            signed += (sbyte)value;
        }

        return stated == unsigned || stated == signed;
    }

    /// <summary>The type flag.</summary>
    internal static char Type(ReadOnlySpan<byte> block) => (char)block[156];

    /// <summary>The size; <see langword="null"/> if it is none.</summary>
    internal static long? Size(ReadOnlySpan<byte> block) => Number(block.Slice(124, 12));

    /// <summary>What a link names.</summary>
    internal static string Target(ReadOnlySpan<byte> block) => Text(block.Slice(157, 100));

    /// <summary>The name. GNU's headers have other fields where POSIX has the start of a long name.</summary>
    internal static string Name(ReadOnlySpan<byte> block)
    {
        string name = Text(block[..100]);
        string prefix = block.Slice(257, 6).SequenceEqual("ustar\0"u8) ? Text(block.Slice(345, 155)) : "";
        return prefix.Length == 0 ? name : $"{prefix}/{name}";
    }

    /// <summary>A text that ends with the field or a NUL.</summary>
    internal static string Text(ReadOnlySpan<byte> field)
    {
        int end = field.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? field : field[..end]);
    }

    // Octal digits, or the bytes of the number after a first one with the highest bit set.
    private static long? Number(ReadOnlySpan<byte> field)
    {
        if ((field[0] & 0x80) != 0)
        {
            // The checksum has no room for such a number.
            if (field.Length <= 8 || field[0] != 0x80 || !field[1..^8].TrimStart((byte)0).IsEmpty) return null;
            long value = BinaryPrimitives.ReadInt64BigEndian(field[^8..]);
            return value >= 0 ? value : null;
        }

        ReadOnlySpan<byte> digits = field.Trim(" \0"u8);
        long number = 0;
        foreach (byte digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'7' || number > long.MaxValue >> 3) return null;
            number = (number << 3) + (digit - '0');
        }

        return number;
    }
}
