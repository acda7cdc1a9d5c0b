using System.Buffers;
using System.Security.Cryptography;

namespace MirrorValidate.Embedded;

/// <summary>Digests as <c>algorithm:encoded</c> (OCI image-spec, descriptor.md, "Digests").</summary>
public static class ContentDigest
{
    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    /// <summary>The sha256 digest of <paramref name="content"/>.</summary>
    public static string Sha256(ReadOnlySpan<byte> content) =>
        "sha256:" + Hex(SHA256.HashData(content));

    /// <summary>The sha512 digest of <paramref name="content"/>.</summary>
    public static string Sha512(ReadOnlySpan<byte> content) =>
        "sha512:" + Hex(SHA512.HashData(content));

    /// <summary>
    /// Whether <paramref name="text"/> is a complete sha256 or sha512 digest, the two that a registry can verify.
    /// </summary>
    public static bool IsWellFormed(string text) =>
        (text.StartsWith("sha256:", StringComparison.Ordinal) && IsLowerHex(text.AsSpan(7), 64))
        || (text.StartsWith("sha512:", StringComparison.Ordinal) && IsLowerHex(text.AsSpan(7), 128));

    /// <summary>
    /// Whether <paramref name="content"/> hashes to <paramref name="digest"/>; false for a malformed digest.
    /// </summary>
    public static bool Matches(string digest, ReadOnlySpan<byte> content) =>
        IsWellFormed(digest)
        && digest == (digest.StartsWith("sha512:", StringComparison.Ordinal) ? Sha512(content) : Sha256(content));

    /// <summary>Lower-case hexadecimal digits.</summary>
    internal static string Hex(byte[] bytes) => Convert.ToHexString(bytes).ToLowerInvariant();

    private static bool IsLowerHex(ReadOnlySpan<char> text, int length) =>
        text.Length == length && !text.ContainsAnyExcept(LowerHex);
}
