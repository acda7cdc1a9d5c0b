using System.Text;
using System.Text.Json;

namespace MirrorValidate.Registries;

/// <summary>What a registry says of an error, made fit to be shown: bounded, and without control characters.</summary>
internal static class RegistryErrorText
{
    private const int MaximumShown = 512;

    /// <summary>Reads an error body (distribution-spec, "Error Codes"); a body of another form has no code.</summary>
    /// <param name="body">The start of the body.</param>
    /// <param name="mediaType">Its type.</param>
    /// <param name="secrets">What must not be repeated.</param>
    internal static (string? Code, string Text) Read(ReadOnlySpan<byte> body, string mediaType, IReadOnlyCollection<string> secrets)
    {
        if (body.IsEmpty) return (null, "");
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = 32 });
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            if (First(document.RootElement) is { } error)
            {
                string code = Clean(Redact(Member(error, "code"), secrets));
                return (code.Length > 0 ? code : null, Clean(Redact(Member(error, "message"), secrets)));
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not the registry's own form: a proxy's page, or a text.
        }

        return (null, mediaType.Contains("html", StringComparison.Ordinal) ? "an HTML page" : Clean(Redact(Encoding.UTF8.GetString(body), secrets)));
    }

    /// <summary>Removes control characters, so that nothing remote steers a terminal or forges a log line, and shortens.</summary>
    internal static string Clean(string text)
    {
        var clean = new StringBuilder(Math.Min(text.Length, MaximumShown));
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (clean.Length >= MaximumShown) return clean.Append('…').ToString();
            bool printable = Rune.GetUnicodeCategory(rune) is not (
                System.Globalization.UnicodeCategory.Control or System.Globalization.UnicodeCategory.Format
                or System.Globalization.UnicodeCategory.LineSeparator or System.Globalization.UnicodeCategory.ParagraphSeparator);
            clean.Append(printable ? rune.ToString() : " ");
        }

        return clean.ToString().Trim();
    }

    /// <summary>Blots out secrets that a registry repeats.</summary>
    private static string Redact(string text, IReadOnlyCollection<string> secrets)
    {
        foreach (string secret in secrets) text = text.Replace(secret, "***", StringComparison.Ordinal);
        return text;
    }

    // {"errors":[{code,message,detail}]}; token servers answer {"error":…} or {"details":"…"}.
    private static JsonElement? First(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object) return null;
        if (root.TryGetProperty("errors", out JsonElement errors) && errors.ValueKind == JsonValueKind.Array && errors.GetArrayLength() > 0)
            return errors[0].ValueKind == JsonValueKind.Object ? errors[0] : null;
        return root.TryGetProperty("code", out _) || root.TryGetProperty("message", out _) ? root : null;
    }

    private static string Member(JsonElement error, string name) =>
        error.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
