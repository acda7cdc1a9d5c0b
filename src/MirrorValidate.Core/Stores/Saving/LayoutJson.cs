using System.Text.Encodings.Web;
using System.Text.Json;
using MirrorValidate.Manifests;
using MirrorValidate.Stores.Shapes;

namespace MirrorValidate.Stores.Saving;

/// <summary>Writes the files of a layout that are no blobs (OCI image-spec, image-layout.md).</summary>
internal static class LayoutJson
{
    // Media types have plus signs, which JSON need not escape.
    private static readonly JsonWriterOptions _options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The content of <c>oci-layout</c>.</summary>
    internal static ReadOnlySpan<byte> Marker => """{"imageLayoutVersion":"1.0.0"}"""u8;

    /// <summary>The content of <c>index.json</c>, for a store without layers.</summary>
    internal static byte[] Index(IEnumerable<LayoutEntry> entries)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, _options))
        {
            writer.WriteStartObject();
            writer.WriteNumber("schemaVersion", 2);
            writer.WriteString("mediaType", MediaTypes.OciIndex);
            writer.WriteStartArray("manifests");
            foreach (LayoutEntry entry in entries) Write(writer, entry.Descriptor);
            writer.WriteEndArray();
            writer.WriteStartObject("annotations");
            writer.WriteString(LayoutIndex.SparseAnnotation, "manifests and configs only");
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, Descriptor descriptor)
    {
        writer.WriteStartObject();
        writer.WriteString("mediaType", descriptor.MediaType);
        writer.WriteString("digest", descriptor.Digest.ToString());
        writer.WriteNumber("size", descriptor.Size);
        if (descriptor.ArtifactType is { } type) writer.WriteString("artifactType", type);
        if (descriptor.Annotations.Count > 0)
        {
            writer.WriteStartObject("annotations");
            foreach ((string name, string value) in descriptor.Annotations) writer.WriteString(name, value);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }
}
