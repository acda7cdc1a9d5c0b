using System.Text;

namespace MirrorValidate.Embedded.Images;

/// <summary>Builds OCI artifacts: charts, attestations, signatures, SBOMs.</summary>
public sealed class ArtifactBuilder
{
    /// <summary>The config. The default is the empty one.</summary>
    public BuiltBlob Config { get; init; } = new(RegistryMediaTypes.OciEmpty, "{}"u8.ToArray());

    /// <summary>The content.</summary>
    public required IReadOnlyList<BuiltBlob> Layers { get; init; }

    /// <summary>The <c>artifactType</c> member; null: none.</summary>
    public string? ArtifactType { get; init; }

    /// <summary>The manifest that it refers to; null: none.</summary>
    public BuiltManifest? Subject { get; init; }

    /// <summary>The platform in its index entry; null: none.</summary>
    public ImagePlatform? Platform { get; init; }

    /// <summary>Annotations.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();

    /// <summary>Builds it.</summary>
    public BuiltManifest Build() =>
        new(RegistryMediaTypes.OciManifest, ManifestJson.Write(writer =>
        {
            writer.WriteNumber("schemaVersion", 2);
            writer.WriteString("mediaType", RegistryMediaTypes.OciManifest);
            if (ArtifactType is not null)
            {
                writer.WriteString("artifactType", ArtifactType);
            }

            ManifestJson.WriteDescriptor(writer, "config", Config.MediaType, Config.Digest, Config.Size);
            writer.WriteStartArray("layers");
            foreach (var layer in Layers)
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
        }))
        {
            Platform = Platform,
            Blobs = [Config, .. Layers],
        };

    /// <summary>Builds a Helm chart as <c>helm push</c> stores it.</summary>
    public static BuiltManifest HelmChart(string seed, string name = "chart", string version = "1.0.0") =>
        new ArtifactBuilder
        {
            Config = new BuiltBlob(
                RegistryMediaTypes.HelmConfig,
                Encoding.UTF8.GetBytes(
                    $$"""{"name":"{{name}}","version":"{{version}}","description":"{{seed}}","""
                    + """
                    "apiVersion":"v2","type":"application"}
                    """)),
            Layers = [LayerBuilder.Build("chart " + seed, 256, RegistryMediaTypes.HelmChart)],
        }.Build();

    /// <summary>Builds an attestation of an image as BuildKit adds it to an index.</summary>
    public static BuiltManifest Attestation(BuiltManifest image) => new ArtifactBuilder
    {
        Config = new BuiltBlob(
            RegistryMediaTypes.OciConfig,
            """{"architecture":"unknown","os":"unknown","config":{},"rootfs":{"type":"layers","diff_ids":[]}}"""u8
                .ToArray()),
        Layers = [Statement(image, "https://slsa.dev/provenance/v0.2")],
        Platform = ImagePlatform.Unknown,
    }.Build();

    /// <summary>Builds a referrer of a manifest, such as an SBOM or a signature.</summary>
    public static BuiltManifest Referrer(BuiltManifest subject, string artifactType, string seed = "") =>
        new ArtifactBuilder
        {
            ArtifactType = artifactType,
            Subject = subject,
            Layers = [Statement(subject, artifactType + seed)],
            Annotations = new Dictionary<string, string>
            {
                ["org.opencontainers.image.created"] = "2024-01-01T00:00:00Z",
            },
        }.Build();

    /// <summary>Builds a signature as cosign stores it under <see cref="CosignTag"/>.</summary>
    public static BuiltManifest CosignSignature(BuiltManifest subject, string seed = "") => new ArtifactBuilder
    {
        Config = new BuiltBlob(
            RegistryMediaTypes.OciConfig,
            """{"architecture":"","os":"","config":{},"rootfs":{"type":"layers","diff_ids":[]}}"""u8.ToArray()),
        Layers =
        [
            Statement(subject, "cosign container image signature" + seed) with
            {
                MediaType = "application/vnd.dev.cosign.simplesigning.v1+json",
            },
        ],
    }.Build();

    /// <summary>The tag that cosign uses for a manifest: <c>sha256-….sig</c>, <c>.att</c> or <c>.sbom</c>.</summary>
    public static string CosignTag(BuiltManifest subject, string suffix = "sig") =>
        $"{subject.Digest.Replace(':', '-')}.{suffix}";

    private static BuiltBlob Statement(BuiltManifest subject, string predicate) => new(
        RegistryMediaTypes.InToto,
        Encoding.UTF8.GetBytes(
            $$"""{"_type":"https://in-toto.io/Statement/v0.1","predicateType":"{{predicate}}","""
            + $$"""
            "subject":[{"digest":"{{subject.Digest}}"}]}
            """));
}
