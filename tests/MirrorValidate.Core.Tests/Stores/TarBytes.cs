using System.Globalization;
using System.Text;

namespace MirrorValidate.Core.Tests.Stores;

/// <summary>Headers of tar archives, for what TarWriter does not write.</summary>
internal static class TarBytes
{
    internal static byte[] Header(string name, long size)
    {
        byte[] header = new byte[512];
        Encoding.ASCII.GetBytes(name).CopyTo(header, 0);
        Encoding.ASCII.GetBytes("0000644\0").CopyTo(header, 100);
        Encoding.ASCII.GetBytes(Convert.ToString(size, 8).PadLeft(11, '0')).CopyTo(header, 124);
        header[156] = (byte)'0';
        Encoding.ASCII.GetBytes("ustar\000").CopyTo(header, 257);
        Encoding.ASCII.GetBytes("00").CopyTo(header, 263);
        WriteChecksum(header);
        return header;
    }

    internal static void WriteChecksum(Span<byte> header)
    {
        header.Slice(148, 8).Fill((byte)' ');
        int sum = 0;
        foreach (byte value in header) sum += value;
        string octal = Convert.ToString(sum, 8).PadLeft(6, '0');
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{octal}\0 ")).CopyTo(header[148..]);
    }
}
