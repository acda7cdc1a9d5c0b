using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace MirrorValidate.Embedded;

/// <summary>
/// The signature of a schema 1 manifest: a JWS whose payload is the document before <c>signatures</c> was inserted. Its
/// <c>protected</c> header says how to restore it: the first <c>formatLength</c> bytes, then <c>formatTail</c>
/// (distribution's schema 1 specification, "Signed Manifests").
/// </summary>
internal static class Schema1Signature
{
    private const string SigningTime = "2024-01-01T00:00:00Z";

    /// <summary>Signs a schema 1 document with a throw-away ES256 key.</summary>
    /// <param name="payload">A JSON object that ends in <c>\n}</c>.</param>
    public static byte[] Sign(ReadOnlySpan<byte> payload)
    {
        var tailStart = payload.LastIndexOf("\n}"u8);
        ArgumentOutOfRangeException.ThrowIfNegative(tailStart, nameof(payload));

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var tail = Base64Url.EncodeToString(payload[tailStart..]);
        var header = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(
            $$"""{"formatLength":{{tailStart}},"formatTail":"{{tail}}","time":"{{SigningTime}}"}"""));
        var input = Encoding.ASCII.GetBytes(header + "." + Base64Url.EncodeToString(payload));
        var signature = Base64Url.EncodeToString(key.SignData(input, HashAlgorithmName.SHA256));
        var point = key.ExportParameters(includePrivateParameters: false).Q;

        var spliced = $$"""
            ,
               "signatures": [
                  {
                     "header": {
                        "jwk": {
                           "crv": "P-256",
                           "kid": "{{KeyId(key)}}",
                           "kty": "EC",
                           "x": "{{Base64Url.EncodeToString(point.X)}}",
                           "y": "{{Base64Url.EncodeToString(point.Y)}}"
                        },
                        "alg": "ES256"
                     },
                     "signature": "{{signature}}",
                     "protected": "{{header}}"
                  }
               ]
            """.ReplaceLineEndings("\n");
        return [.. payload[..tailStart], .. Encoding.UTF8.GetBytes(spliced), .. payload[tailStart..]];
    }

    /// <summary>Restores the payload; false if <paramref name="signed"/> has no readable signature.</summary>
    public static bool TryGetPayload(ReadOnlyMemory<byte> signed, [NotNullWhen(true)] out byte[]? payload)
    {
        payload = null;
        try
        {
            using var document = JsonDocument.Parse(signed);
            var signature = document.RootElement.GetProperty("signatures")[0];
            using var header = JsonDocument.Parse(
                Base64Url.DecodeFromChars(signature.GetProperty("protected").GetString()));
            var length = header.RootElement.GetProperty("formatLength").GetInt32();
            var tail = Base64Url.DecodeFromChars(header.RootElement.GetProperty("formatTail").GetString());
            payload = [.. signed.Span[..length], .. tail];
            return true;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or FormatException
            or InvalidOperationException or IndexOutOfRangeException or ArgumentOutOfRangeException)
        {
            // Anything may be stored with this media type. Without a signature the whole content is hashed.
            return false;
        }
    }

    /// <summary>
    /// libtrust's key id: the first 240 bits of the SHA-256 of the public key, Base32 in groups of four.
    /// </summary>
    private static string KeyId(ECDsa key)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var hash = SHA256.HashData(key.ExportSubjectPublicKeyInfo()).AsSpan(0, 30);
        var text = new StringBuilder();
        for (var bit = 0; bit < hash.Length * 8; bit += 5)
        {
            if (bit > 0 && bit % 20 == 0)
            {
                text.Append(':');
            }

            var pair = (hash[bit / 8] << 8) | (bit / 8 + 1 < hash.Length ? hash[bit / 8 + 1] : 0);
            text.Append(Alphabet[(pair >> (11 - bit % 8)) & 31]);
        }

        return text.ToString();
    }
}
