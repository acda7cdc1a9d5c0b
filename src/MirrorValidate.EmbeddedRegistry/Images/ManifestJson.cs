using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MirrorValidate.Embedded.Images;

/// <summary>Writes the common parts of manifests, indented as Docker does.</summary>
internal static class ManifestJson
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes a JSON object.</summary>
    public static byte[] Write(Action<Utf8JsonWriter> writeMembers, bool indented = true)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options with { Indented = indented }))
        {
            writer.WriteStartObject();
            writeMembers(writer);
            writer.WriteEndObject();
        }

        return indented ? IndentByThree(buffer.WrittenSpan) : buffer.WrittenSpan.ToArray();
    }

    /// <summary>.NET 8 indents by two, with the system's line ends. Strings of JSON have neither.</summary>
    private static byte[] IndentByThree(ReadOnlySpan<byte> json)
    {
        var lines = Encoding.UTF8.GetString(json).Split(Environment.NewLine).Select(line =>
        {
            var text = line.TrimStart(' ');
            return new string(' ', (line.Length - text.Length) / 2 * 3) + text;
        });
        return Encoding.UTF8.GetBytes(string.Join('\n', lines));
    }

    /// <summary>Writes the members of a descriptor (image-spec, descriptor.md).</summary>
    public static void WriteDescriptor(Utf8JsonWriter writer, string mediaType, string digest, long size)
    {
        writer.WriteString("mediaType", mediaType);
        writer.WriteString("digest", digest);
        writer.WriteNumber("size", size);
    }

    /// <summary>Writes a descriptor as a member.</summary>
    public static void WriteDescriptor(Utf8JsonWriter writer, string name, string mediaType, string digest, long size)
    {
        writer.WriteStartObject(name);
        WriteDescriptor(writer, mediaType, digest, size);
        writer.WriteEndObject();
    }

    /// <summary>Writes the members of a platform. A config has the same members.</summary>
    public static void WritePlatform(Utf8JsonWriter writer, ImagePlatform platform)
    {
        writer.WriteString("architecture", platform.Architecture);
        writer.WriteString("os", platform.OS);
        if (platform.OSVersion is not null)
        {
            writer.WriteString("os.version", platform.OSVersion);
        }

        if (!platform.OSFeatures.IsEmpty)
        {
            writer.WriteStartArray("os.features");
            foreach (var feature in platform.OSFeatures)
            {
                writer.WriteStringValue(feature);
            }

            writer.WriteEndArray();
        }

        if (platform.Variant is not null)
        {
            writer.WriteString("variant", platform.Variant);
        }
    }

    /// <summary>Writes an <c>annotations</c> member if there are any.</summary>
    public static void WriteAnnotations(Utf8JsonWriter writer, IReadOnlyDictionary<string, string> annotations)
    {
        if (annotations.Count == 0)
        {
            return;
        }

        writer.WriteStartObject("annotations");
        foreach (var (name, value) in annotations)
        {
            writer.WriteString(name, value);
        }

        writer.WriteEndObject();
    }
}
