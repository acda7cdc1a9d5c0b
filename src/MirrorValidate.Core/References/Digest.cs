using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace MirrorValidate.References;

/// <summary>
/// A content digest, <c>algorithm:encoded</c> (OCI image-spec, descriptor.md, "Digests"). Equal if the texts are equal.
/// </summary>
internal sealed partial record Digest
{
    private const int MinimumHexLength = 32;

    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    private Digest(string algorithm, string encoded)
    {
        Algorithm = algorithm;
        Encoded = encoded;
    }

    /// <summary>The algorithm, for example <c>sha256</c>.</summary>
    public string Algorithm { get; }

    /// <summary>The encoded portion; lower-case hexadecimal for the registered algorithms.</summary>
    public string Encoded { get; }

    /// <summary>
    /// Whether content can be verified against this digest: the algorithm is <c>sha256</c> or <c>sha512</c>.
    /// </summary>
    public bool IsVerifiable => Algorithm is "sha256" or "sha512";

    /// <summary>Reads a digest.</summary>
    /// <exception cref="FormatException">
    /// The text does not match the grammar of descriptor.md, or has the wrong length for a registered algorithm.
    /// </exception>
    public static Digest Parse(string text) =>
        TryParse(text, out Digest? digest) ? digest : throw NotADigest(text);

    /// <summary>
    /// Reads the digest of a reference, whose grammar is stricter: at least 32 hexadecimal digits
    /// (distribution/reference, <c>digest</c>). Otherwise <c>name:tag</c> would be a digest of an unknown algorithm.
    /// </summary>
    /// <exception cref="FormatException">The text is not such a digest.</exception>
    internal static Digest ParseInReference(string text) =>
        TryParseInReference(text, out Digest? digest) ? digest : throw NotADigest(text);

    /// <summary>
    /// As <see cref="ParseInReference"/>, but <see langword="false"/> if the text is not such a digest.
    /// </summary>
    internal static bool TryParseInReference(string text, [NotNullWhen(true)] out Digest? digest) =>
        TryParse(text, out digest)
            && digest.Encoded.Length >= MinimumHexLength
            && digest.Encoded.All(char.IsAsciiHexDigit);

    /// <summary>Reads a digest; <see langword="false"/> if the text is not one.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Digest? digest)
    {
        digest = null;
        if (text is null || !Grammar().IsMatch(text)) return false;
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        var candidate = new Digest(text[..colon], text[(colon + 1)..]);
        int hexLength = candidate.Algorithm switch { "sha256" => 64, "sha512" => 128, _ => 0 };
        if (hexLength > 0 && (candidate.Encoded.Length != hexLength || !IsLowerHex(candidate.Encoded))) return false;
        digest = candidate;
        return true;
    }

    /// <summary>Hashes content.</summary>
    /// <param name="algorithm"><c>sha256</c> or <c>sha512</c>.</param>
    /// <param name="content">The bytes.</param>
    /// <exception cref="NotSupportedException">
    /// The algorithm is not supported; see <see cref="IsVerifiable"/>.
    /// </exception>
    public static Digest Of(string algorithm, ReadOnlySpan<byte> content) => algorithm switch
    {
        "sha256" => new("sha256", Hex(SHA256.HashData(content))),
        "sha512" => new("sha512", Hex(SHA512.HashData(content))),
        _ => throw new NotSupportedException($"digest algorithm \"{algorithm}\" cannot be verified"),
    };

    /// <summary>Returns <c>algorithm:encoded</c>.</summary>
    public override string ToString() => $"{Algorithm}:{Encoded}";

    private static FormatException NotADigest(string? text) =>
        new($"\"{Printable.Of(text ?? "")}\" is not a digest (algorithm:encoded)");

    private static string Hex(byte[] hash) => Convert.ToHexString(hash).ToLowerInvariant();

    private static bool IsLowerHex(string text) => text.AsSpan().IndexOfAnyExcept(LowerHex) < 0;

    [GeneratedRegex(@"\A[a-z0-9]+(?:[+._-][a-z0-9]+)*:[a-zA-Z0-9=_-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Grammar();
}
