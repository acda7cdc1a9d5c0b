using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MirrorValidate.Embedded.Images;

/// <summary>Pseudo-random bytes, the same for the same seed.</summary>
internal static class SeededBytes
{
    public static byte[] Create(string seed, int length)
    {
        Span<byte> counter = stackalloc byte[36];
        SHA256.HashData(Encoding.UTF8.GetBytes(seed), counter);
        var bytes = new byte[length];
        Span<byte> block = stackalloc byte[32];
        for (var offset = 0; offset < length; offset += block.Length)
        {
            BinaryPrimitives.WriteInt32LittleEndian(counter[32..], offset);
            SHA256.HashData(counter, block);
            block[..Math.Min(block.Length, length - offset)].CopyTo(bytes.AsSpan(offset));
        }

        return bytes;
    }
}
