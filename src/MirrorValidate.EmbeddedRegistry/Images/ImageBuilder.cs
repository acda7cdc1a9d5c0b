using System.IO.Compression;
using System.Text.Json;

namespace MirrorValidate.Embedded.Images;

/// <summary>
/// Builds an image: config, layers, manifest. The same seed and settings give the same digests, another seed different
/// ones.
/// </summary>
/// <param name="seed">Any text.</param>
public sealed class ImageBuilder(string seed)
{
    /// <summary>The default of <see cref="Created"/>: 2024-01-01.</summary>
    public static DateTimeOffset DefaultCreated { get; } = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The family of media types.</summary>
    /// <value>Docker.</value>
    public ImageFormat Format { get; init; } = ImageFormat.Docker;

    /// <summary>The platform in the config.</summary>
    /// <value>linux/amd64.</value>
    public ImagePlatform Platform { get; init; } = ImagePlatform.LinuxAmd64;

    /// <summary>The number of layers.</summary>
    /// <value>1.</value>
    public int LayerCount { get; init; } = 1;

    /// <summary>The incompressible data in each layer, in bytes.</summary>
    /// <value>64.</value>
    public int LayerSize { get; init; } = 64;

    /// <summary>The compression of the layers. It does not affect the diff_ids.</summary>
    public CompressionLevel Compression { get; init; } = CompressionLevel.Optimal;

    /// <summary>The creation time in the config; null: none.</summary>
    public DateTimeOffset? Created { get; init; } = DefaultCreated;

    /// <summary>The layers to use; null: builds them.</summary>
    public IReadOnlyList<BuiltBlob>? Layers { get; init; }

    /// <summary>
    /// URLs of foreign layers below the others, as in old Windows images. Such layers are listed but not stored.
    /// </summary>
    public IReadOnlyList<string> ForeignLayerUrls { get; init; } = [];

    /// <summary>Annotations of an OCI manifest.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();

    /// <summary>The subject of the manifest, as in signatures; null: none.</summary>
    public BuiltManifest? Subject { get; init; }

    /// <summary>Whether an OCI manifest has the optional <c>mediaType</c> member.</summary>
    /// <value>True.</value>
    public bool StateMediaType { get; init; } = true;

    /// <summary>Builds it.</summary>
    public BuiltManifest Build()
    {
        var oci = Format == ImageFormat.Oci;
        var layerType = oci ? RegistryMediaTypes.OciLayer : RegistryMediaTypes.DockerLayer;
        var foreign = ForeignLayerUrls
            .Select(url => LayerBuilder.Build($"foreign {url}", 64, RegistryMediaTypes.DockerForeignLayer))
            .ToArray();
        var layers = Layers?.Select(layer => layer with { MediaType = layerType }).ToArray()
            ?? [.. Enumerable.Range(0, LayerCount).Select(index =>
                LayerBuilder.Build($"{seed}/{Platform}/{index}", LayerSize, layerType, Compression))];
        var config = new BuiltBlob(
            oci ? RegistryMediaTypes.OciConfig : RegistryMediaTypes.DockerConfig,
            ManifestJson.Write(writer => WriteConfig(writer, [.. foreign, .. layers]), indented: false));
        var mediaType = oci ? RegistryMediaTypes.OciManifest : RegistryMediaTypes.DockerManifest;
        return new BuiltManifest(
            mediaType, ManifestJson.Write(writer => WriteManifest(writer, mediaType, config, foreign, layers)))
        {
            Platform = Platform,
            Blobs = [config, .. layers],
        };
    }

    private void WriteConfig(Utf8JsonWriter writer, BuiltBlob[] layers)
    {
        ManifestJson.WritePlatform(writer, Platform);
        var created = Created?.ToUniversalTime()
            .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        if (created is not null)
        {
            writer.WriteString("created", created);
        }

        writer.WriteStartObject("config");
        writer.WriteStartArray("Cmd");
        writer.WriteStringValue("/opt/content");
        writer.WriteEndArray();
        writer.WriteStartObject("Labels");
        writer.WriteString("seed", seed);
        writer.WriteEndObject();
        writer.WriteEndObject();

        writer.WriteStartObject("rootfs");
        writer.WriteString("type", "layers");
        writer.WriteStartArray("diff_ids");
        foreach (var layer in layers)
        {
            writer.WriteStringValue(layer.DiffId ?? layer.Digest);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();

        writer.WriteStartArray("history");
        for (var index = 0; index < layers.Length; index++)
        {
            writer.WriteStartObject();
            if (created is not null)
            {
                writer.WriteString("created", created);
            }

            writer.WriteString("created_by", $"layer {index} of {seed}");
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private void WriteManifest(
        Utf8JsonWriter writer, string mediaType, BuiltBlob config, BuiltBlob[] foreign, BuiltBlob[] layers)
    {
        writer.WriteNumber("schemaVersion", 2);
        if (Format == ImageFormat.Docker || StateMediaType)
        {
            writer.WriteString("mediaType", mediaType);
        }

        ManifestJson.WriteDescriptor(writer, "config", config.MediaType, config.Digest, config.Size);
        writer.WriteStartArray("layers");
        foreach (var (layer, url) in foreign.Zip(ForeignLayerUrls))
        {
            writer.WriteStartObject();
            ManifestJson.WriteDescriptor(writer, layer.MediaType, layer.Digest, layer.Size);
            writer.WriteStartArray("urls");
            writer.WriteStringValue(url);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        foreach (var layer in layers)
        {
            writer.WriteStartObject();
            ManifestJson.WriteDescriptor(writer, layer.MediaType, layer.Digest, layer.Size);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (Subject is not null)
        {
            ManifestJson.WriteDescriptor(writer, "subject", Subject.MediaType, Subject.Digest, Subject.Size);
        }

        ManifestJson.WriteAnnotations(writer, Annotations);
    }
}
