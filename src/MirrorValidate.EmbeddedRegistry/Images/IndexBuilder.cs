using System.Text.Json;

namespace MirrorValidate.Embedded.Images;

/// <summary>Builds a Docker manifest list or an OCI index from the added entries, in their order.</summary>
/// <param name="format">Docker or OCI.</param>
public sealed class IndexBuilder(ImageFormat format = ImageFormat.Docker)
{
    private readonly List<IndexEntry> _entries = [];

    /// <summary>The media type. The default is that of the format.</summary>
    public string MediaType { get; init; } = format == ImageFormat.Oci
        ? RegistryMediaTypes.OciIndex
        : RegistryMediaTypes.DockerList;

    /// <summary>Annotations of the index.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();

    /// <summary>The entries added so far.</summary>
    public IReadOnlyList<IndexEntry> Entries => _entries;

    /// <summary>Adds an entry that describes a manifest correctly.</summary>
    public IndexBuilder Add(BuiltManifest manifest) => Add(new IndexEntry(manifest));

    /// <summary>Adds an entry unchanged.</summary>
    public IndexBuilder Add(IndexEntry entry)
    {
        _entries.Add(entry);
        return this;
    }

    /// <summary>Adds an image built from the seed for each platform.</summary>
    public IndexBuilder AddImages(string seed, IEnumerable<ImagePlatform> platforms)
    {
        foreach (var platform in platforms)
        {
            Add(new ImageBuilder(seed) { Format = format, Platform = platform }.Build());
        }

        return this;
    }

    /// <summary>
    /// Adds an attestation for each image added so far, as BuildKit does: platform unknown/unknown, and annotations
    /// that name the image.
    /// </summary>
    public IndexBuilder AddAttestations()
    {
        var images = _entries.Where(entry => entry.Platform is not null && entry.Platform != ImagePlatform.Unknown);
        foreach (var image in images.ToList())
        {
            Add(new IndexEntry(ArtifactBuilder.Attestation(image.Manifest))
            {
                Annotations = new Dictionary<string, string>
                {
                    ["vnd.docker.reference.digest"] = image.Digest,
                    ["vnd.docker.reference.type"] = "attestation-manifest",
                },
            });
        }

        return this;
    }

    /// <summary>Builds it.</summary>
    public BuiltManifest Build() =>
        new(MediaType, ManifestJson.Write(WriteIndex)) { Children = [.. _entries.Select(entry => entry.Manifest)] };

    private void WriteIndex(Utf8JsonWriter writer)
    {
        writer.WriteNumber("schemaVersion", 2);
        writer.WriteString("mediaType", MediaType);
        writer.WriteStartArray("manifests");
        foreach (var entry in _entries)
        {
            writer.WriteStartObject();
            ManifestJson.WriteDescriptor(writer, entry.MediaType, entry.Digest, entry.Size);
            if (entry.Platform is { } platform)
            {
                writer.WriteStartObject("platform");
                ManifestJson.WritePlatform(writer, platform);
                writer.WriteEndObject();
            }

            ManifestJson.WriteAnnotations(writer, entry.Annotations);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        ManifestJson.WriteAnnotations(writer, Annotations);
    }
}
