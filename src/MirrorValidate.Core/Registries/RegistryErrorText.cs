using System.Text;
using System.Text.Json;
using MirrorValidate.References;

namespace MirrorValidate.Registries;

/// <summary>Reads a registry's error text and makes it safe to show: bounded and without control characters.</summary>
internal static class RegistryErrorText
{
    /// <summary>The maximum length of a shown error, in bytes of UTF-8.</summary>
    private const int MaximumShown = 512;

    private const int MaximumCode = 64;

    // {"errors":[{code,message,detail}]}; token servers answer {"error":…,"error_description":…} (RFC 6749, section
    // 5.2) or {"details":…}.
    private static readonly string[] CodeNames = ["code", "error"];
    private static readonly string[] MessageNames = ["message", "error_description", "details"];

    /// <summary>
    /// Reads an error body (distribution-spec, "Error Codes"). The code is null if the body has another format.
    /// </summary>
    /// <param name="body">The start of the body.</param>
    /// <param name="mediaType">Its media type.</param>
    /// <param name="redact">
    /// Replaces secrets; runs before the text is shortened, so that no part of a secret remains.
    /// </param>
    internal static (string? Code, string Text) Read(
        ReadOnlySpan<byte> body, string mediaType, Func<string, string> redact)
    {
        if (body.IsEmpty) return (null, "");
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = 32 });
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            if (First(document.RootElement) is { } error)
            {
                string code = Clean(redact(Member(error, CodeNames)), MaximumCode);
                return (
                    code.Length > 0 ? code : null,
                    Clean(redact(Member(error, MessageNames)), MaximumShown - MaximumCode));
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not a registry's error: perhaps a proxy's page, or plain text.
        }

        return (
            null,
            mediaType.Contains("html", StringComparison.OrdinalIgnoreCase)
                ? "an HTML page"
                : Clean(redact(Encoding.UTF8.GetString(body))));
    }

    /// <summary>
    /// Whether a body is an error of a registry (distribution-spec, "Error Codes"), and not of something else that
    /// answers in its place.
    /// </summary>
    internal static bool IsRegistryError(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = 32 });
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("errors", out JsonElement errors)
                && errors.ValueKind == JsonValueKind.Array
                && errors.GetArrayLength() > 0
                && errors[0].ValueKind == JsonValueKind.Object
                && Member(errors[0], ["code"]).Length > 0;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>
    /// Replaces control, format and separator characters, which could steer a terminal, fake a log line or reverse
    /// text, by blanks, and shortens the text.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="maximum">The maximum length in bytes of UTF-8, including the ellipsis.</param>
    internal static string Clean(string text, int maximum = MaximumShown)
    {
        const char ellipsis = '…';
        var clean = new StringBuilder(Math.Min(text.Length, maximum));
        int left = maximum - new Rune(ellipsis).Utf8SequenceLength;
        foreach (Rune rune in text.EnumerateRunes())
        {
            left -= rune.Utf8SequenceLength;
            if (left < 0) return clean.Append(ellipsis).ToString().TrimStart();
            clean.Append(Printable.IsSteering(rune) ? " " : rune.ToString());
        }

        return clean.ToString().Trim();
    }

    private static JsonElement? First(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object) return null;
        if (root.TryGetProperty("errors", out JsonElement errors)
            && errors.ValueKind == JsonValueKind.Array
            && errors.GetArrayLength() > 0)
            return errors[0].ValueKind == JsonValueKind.Object ? errors[0] : null;
        return CodeNames.Concat(MessageNames).Any(name => root.TryGetProperty(name, out _)) ? root : null;
    }

    private static string Member(JsonElement error, string[] names)
    {
        foreach (string name in names)
        {
            if (error.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String)
                return value.GetString()!;
        }

        return "";
    }
}
