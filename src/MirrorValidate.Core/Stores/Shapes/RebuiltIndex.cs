using System.Text.Json;
using MirrorValidate.Manifests;
using MirrorValidate.References;

namespace MirrorValidate.Stores.Shapes;

/// <summary>Makes an index of manifests whose own list is not known.</summary>
internal static class RebuiltIndex
{
    /// <summary>Makes the index. The same entries give the same bytes.</summary>
    internal static ManifestIndex Of(IReadOnlyList<Descriptor> entries)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteNumber("schemaVersion", 2);
            writer.WriteString("mediaType", MediaTypes.OciIndex);
            writer.WriteStartArray("manifests");
            foreach (Descriptor entry in entries) Write(writer, entry);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        byte[] content = stream.ToArray();
        return new ManifestIndex(MediaTypes.OciIndex, Digest.Of("sha256", content), content, entries)
        {
            IsRebuilt = true,
        };
    }

    private static void Write(Utf8JsonWriter writer, Descriptor entry)
    {
        writer.WriteStartObject();
        writer.WriteString("mediaType", entry.MediaType);
        writer.WriteString("digest", entry.Digest.ToString());
        writer.WriteNumber("size", entry.Size);
        if (entry.Platform is { } platform) writer.WriteString("platform", platform.ToString());
        writer.WriteEndObject();
    }
}
