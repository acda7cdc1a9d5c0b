using System.Text;
using System.Text.Json;
using MirrorValidate.References;

namespace MirrorValidate.Registries;

/// <summary>What a registry says of an error, made fit to be shown: bounded, and without control characters.</summary>
internal static class RegistryErrorText
{
    /// <summary>The most bytes of UTF-8 that are shown of what a registry says.</summary>
    private const int MaximumShown = 512;

    private const int MaximumCode = 64;

    // {"errors":[{code,message,detail}]}; token servers answer {"error":…,"error_description":…} (RFC 6749, section 5.2) or {"details":…}.
    private static readonly string[] CodeNames = ["code", "error"];
    private static readonly string[] MessageNames = ["message", "error_description", "details"];

    /// <summary>Reads an error body (distribution-spec, "Error Codes"); a body of another form has no code.</summary>
    /// <param name="body">The start of the body.</param>
    /// <param name="mediaType">Its type.</param>
    /// <param name="redact">Blots out secrets; before anything is cut off, so that no part of one remains.</param>
    internal static (string? Code, string Text) Read(ReadOnlySpan<byte> body, string mediaType, Func<string, string> redact)
    {
        if (body.IsEmpty) return (null, "");
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = 32 });
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            if (First(document.RootElement) is { } error)
            {
                string code = Clean(redact(Member(error, CodeNames)), MaximumCode);
                return (code.Length > 0 ? code : null, Clean(redact(Member(error, MessageNames)), MaximumShown - MaximumCode));
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not the registry's own form: a proxy's page, or a text.
        }

        return (null, mediaType.Contains("html", StringComparison.OrdinalIgnoreCase) ? "an HTML page" : Clean(redact(Encoding.UTF8.GetString(body))));
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
    /// Blanks what could steer a terminal, forge a log line or turn text round (control, format and separator characters), and shortens.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="maximum">The most bytes of UTF-8 that are kept, the ellipsis included.</param>
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
        if (root.TryGetProperty("errors", out JsonElement errors) && errors.ValueKind == JsonValueKind.Array && errors.GetArrayLength() > 0)
            return errors[0].ValueKind == JsonValueKind.Object ? errors[0] : null;
        return CodeNames.Concat(MessageNames).Any(name => root.TryGetProperty(name, out _)) ? root : null;
    }

    private static string Member(JsonElement error, string[] names)
    {
        foreach (string name in names)
        {
            if (error.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String) return value.GetString()!;
        }

        return "";
    }
}
