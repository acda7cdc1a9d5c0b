using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MirrorValidate.Manifests;

namespace MirrorValidate.Validation;

/// <summary>Writes specs as image-tools does: lower-case keys, <c>os.version</c>, absent members omitted.</summary>
internal static class ManifestSpecJson
{
    internal static string Compact(ManifestSpec spec) => Write(indented: false, writer => Write(writer, spec));

    internal static string Compact(IEnumerable<ManifestSpec> specs) =>
        Write(indented: false, writer => Write(writer, specs));

    /// <summary>An array indented by four blanks, as image-tools logs it.</summary>
    internal static string Indented(IEnumerable<ManifestSpec> specs)
    {
        IEnumerable<string> lines = Write(indented: true, writer => Write(writer, specs))
            .ReplaceLineEndings("\n")
            .Split('\n')
            .Select(line => new string(' ', line.Length - line.TrimStart(' ').Length) + line);
        return string.Join('\n', lines);
    }

    /// <summary>Writes specs as a member of an object.</summary>
    internal static void Write(Utf8JsonWriter writer, string name, IEnumerable<ManifestSpec> specs)
    {
        writer.WritePropertyName(name);
        Write(writer, specs);
    }

    private static string Write(bool indented, Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        var options = new JsonWriterOptions
        {
            Indented = indented,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        using (var writer = new Utf8JsonWriter(stream, options)) write(writer);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static void Write(Utf8JsonWriter writer, IEnumerable<ManifestSpec> specs)
    {
        writer.WriteStartArray();
        foreach (ManifestSpec spec in specs) Write(writer, spec);
        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, ManifestSpec spec)
    {
        writer.WriteStartObject();
        writer.WriteString("digest"u8, spec.Digest);
        if (spec.Platform is { } platform) Write(writer, platform);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, Platform platform)
    {
        writer.WriteStartObject("platform"u8);
        WriteUnlessEmpty(writer, "architecture"u8, platform.Architecture);
        WriteUnlessEmpty(writer, "os"u8, platform.OS);
        WriteUnlessEmpty(writer, "os.version"u8, platform.OSVersion);
        if (platform.OSFeatures.Count > 0)
        {
            writer.WriteStartArray("os.features"u8);
            foreach (string feature in platform.OSFeatures) writer.WriteStringValue(feature);
            writer.WriteEndArray();
        }

        WriteUnlessEmpty(writer, "variant"u8, platform.Variant);
        writer.WriteEndObject();
    }

    private static void WriteUnlessEmpty(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string value)
    {
        if (value.Length > 0) writer.WriteString(name, value);
    }
}
