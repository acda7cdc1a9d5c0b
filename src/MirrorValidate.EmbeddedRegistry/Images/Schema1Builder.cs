using System.Text.Json;

namespace MirrorValidate.Embedded.Images;

/// <summary>Builds a Docker schema 1 image. Platform, name and tag are part of its manifest.</summary>
/// <param name="seed">Any text.</param>
/// <param name="name">The repository's name.</param>
/// <param name="tag">The tag.</param>
public sealed class Schema1Builder(string seed, string name, string tag)
{
    /// <summary>
    /// Whether it is signed. Each signature is different, but the digest stays the same, since it is that of the
    /// payload.
    /// </summary>
    /// <value>True.</value>
    public bool IsSigned { get; init; } = true;

    /// <summary>The architecture.</summary>
    /// <value>amd64.</value>
    public string Architecture { get; init; } = "amd64";

    /// <summary>The operating system in the newest history entry.</summary>
    /// <value>linux.</value>
    public string OS { get; init; } = "linux";

    /// <summary>The number of layers.</summary>
    /// <value>2.</value>
    public int LayerCount { get; init; } = 2;

    /// <summary>Builds it.</summary>
    public BuiltManifest Build()
    {
        var layers = Enumerable.Range(0, LayerCount)
            .Select(index => LayerBuilder.Build($"{seed}/schema1/{index}", 64)).ToArray();
        var payload = ManifestJson.Write(writer => WriteManifest(writer, layers));
        return new BuiltManifest(
            IsSigned ? RegistryMediaTypes.DockerSchema1Signed : RegistryMediaTypes.DockerSchema1,
            IsSigned ? Schema1Signature.Sign(payload) : payload)
        {
            Platform = new ImagePlatform(OS, Architecture),
            Blobs = layers,
        };
    }

    private void WriteManifest(Utf8JsonWriter writer, BuiltBlob[] layers)
    {
        writer.WriteNumber("schemaVersion", 1);
        writer.WriteString("name", name);
        writer.WriteString("tag", tag);
        writer.WriteString("architecture", Architecture);

        // Both lists start with the newest layer.
        writer.WriteStartArray("fsLayers");
        foreach (var layer in Enumerable.Reverse(layers))
        {
            writer.WriteStartObject();
            writer.WriteString("blobSum", layer.Digest);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("history");
        for (var index = layers.Length - 1; index >= 0; index--)
        {
            writer.WriteStartObject();
            writer.WriteString("v1Compatibility", V1Compatibility(index));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private string V1Compatibility(int index)
    {
        var parent = index > 0 ? $",\"parent\":\"{LayerId(index - 1)}\"" : "";
        return $$$"""{"id":"{{{LayerId(index)}}}"{{{parent}}},"created":"2015-01-01T00:00:00Z","""
            + $$$"""
            "architecture":"{{{Architecture}}}","os":"{{{OS}}}","container_config":{"Cmd":["layer {{{index}}}"]}}
            """;
    }

    private string LayerId(int index) => ContentDigest.Hex(SeededBytes.Create($"{seed}/id/{index}", 32));
}
