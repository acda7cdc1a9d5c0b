using System.Text.Json;

namespace MirrorValidate.Registries.Transport;

/// <summary>
/// Bodies whose end is the end of the connection (RFC 9112, section 6.3): only its content tells a whole one from one
/// that broke off.
/// </summary>
internal static class UnmarkedEnd
{
    /// <summary>Whether nothing but the end of the connection marks the end of the body.</summary>
    internal static bool Has(HttpResponseMessage response) =>
        response.Content.Headers.ContentLength is null
        && response.Headers.TransferEncodingChunked != true
        && response.Version.Major < 2;

    /// <summary>
    /// Whether a body is the start of a JSON text and not all of it. Nothing at all is one; what is no JSON is none.
    /// </summary>
    internal static bool IsCutOff(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, isFinalBlock: false, state: default);
        try
        {
            bool isWhole = false;
            while (reader.Read())
            {
                bool isStart = reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray;
                isWhole = reader.CurrentDepth == 0 && !isStart;
            }

            return !isWhole;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
