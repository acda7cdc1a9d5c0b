using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MirrorValidate;

/// <summary>
/// Hashes texts: the same on every machine, and short enough to keep millions of them. Half a SHA-256, so that no two
/// texts are taken for one another, not even on purpose.
/// </summary>
internal static class TextHash
{
    /// <summary>The hash of texts, none of which has a line feed.</summary>
    internal static UInt128 Of(params string[] texts)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', texts)), hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }
}
