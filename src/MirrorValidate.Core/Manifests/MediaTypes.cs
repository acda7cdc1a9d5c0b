namespace MirrorValidate.Manifests;

/// <summary>
/// The media types of manifests (OCI image-spec, media-types.md; Docker image manifest V2, schemas 1 and 2).
/// </summary>
internal static class MediaTypes
{
    /// <summary>OCI image index.</summary>
    public const string OciIndex = "application/vnd.oci.image.index.v1+json";

    /// <summary>OCI image manifest.</summary>
    public const string OciManifest = "application/vnd.oci.image.manifest.v1+json";

    /// <summary>OCI image configuration.</summary>
    public const string OciConfig = "application/vnd.oci.image.config.v1+json";

    /// <summary>Docker manifest list.</summary>
    public const string DockerList = "application/vnd.docker.distribution.manifest.list.v2+json";

    /// <summary>Docker image manifest, schema 2.</summary>
    public const string DockerManifest = "application/vnd.docker.distribution.manifest.v2+json";

    /// <summary>Docker image configuration.</summary>
    public const string DockerConfig = "application/vnd.docker.container.image.v1+json";

    /// <summary>Docker image manifest, schema 1, unsigned.</summary>
    public const string DockerSchema1 = "application/vnd.docker.distribution.manifest.v1+json";

    /// <summary>Docker image manifest, schema 1, signed.</summary>
    public const string DockerSchema1Signed = "application/vnd.docker.distribution.manifest.v1+prettyjws";

    // application/vnd.oci.image.layer.v1.tar+gzip, …docker.image.rootfs.diff.tar, …buildkit.cacheconfig.v0,
    // …docker.container.image.v1+json, …oci.empty.v1+json, …cncf.helm.chart.content.v1.tar+gzip
    private static readonly string[] _blobWords =
        [".layer.", ".rootfs.", "config", ".container.image.", ".empty.", ".tar"];

    /// <summary>
    /// The <c>Accept</c> value of every manifest request: all six types, because a registry converts a manifest whose
    /// type is not accepted, or answers 404.
    /// </summary>
    public static string Accept { get; } =
        string.Join(", ", OciIndex, DockerList, OciManifest, DockerManifest, DockerSchema1Signed, DockerSchema1);

    /// <summary>Whether the type is a manifest list or an index.</summary>
    public static bool IsIndex(string mediaType) => mediaType is OciIndex or DockerList;

    /// <summary>Whether the type is an image manifest with config and layers.</summary>
    public static bool IsManifest(string mediaType) => mediaType is OciManifest or DockerManifest;

    /// <summary>Whether the type is a schema 1 manifest, signed or not.</summary>
    public static bool IsSchema1(string mediaType) => mediaType is DockerSchema1 or DockerSchema1Signed;

    /// <summary>Whether the type is that of a manifest of any kind.</summary>
    public static bool IsKnown(string mediaType) => IsIndex(mediaType) || IsManifest(mediaType) || IsSchema1(mediaType);

    /// <summary>
    /// Whether a layer of this type is foreign: it may not be distributed, so a registry need not have it (OCI
    /// image-spec, layer.md, "Non-Distributable Layers"; Docker image manifest V2, schema 2).
    /// </summary>
    public static bool IsForeignLayer(string mediaType)
    {
        ArgumentNullException.ThrowIfNull(mediaType);
        return mediaType is "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip"
                or "application/vnd.docker.image.rootfs.foreign.diff.tar"
            || mediaType.StartsWith(
                "application/vnd.oci.image.layer.nondistributable.v1.tar", StringComparison.Ordinal);
    }

    /// <summary>
    /// Whether the type is that of a layer or a config, not of a manifest. Registries serve such content only as a
    /// blob, even if an index lists it, as the index of a build cache does (BuildKit, cache/remotecache/export.go).
    /// </summary>
    internal static bool IsBlob(string mediaType) =>
        mediaType == "application/octet-stream"
        || IsStatement(mediaType)
        || (!IsKnown(mediaType)
            && _blobWords.Any(word => mediaType.Contains(word, StringComparison.OrdinalIgnoreCase)));

    /// <summary>
    /// Whether a layer of this type is a statement about another artifact: a signature, an attestation, an SBOM.
    /// </summary>
    internal static bool IsStatement(string mediaType) =>
        mediaType is "application/vnd.in-toto+json" or "application/vnd.dsse.envelope.v1+json"
            or "text/spdx" or "text/spdx+xml" or "text/spdx+json"
        || mediaType.StartsWith("application/vnd.dev.cosign.", StringComparison.Ordinal)
        || mediaType.StartsWith("application/vnd.dev.sigstore.", StringComparison.Ordinal)
        || mediaType.StartsWith("application/vnd.cyclonedx", StringComparison.Ordinal)
        || mediaType.StartsWith("application/vnd.syft", StringComparison.Ordinal);

    /// <summary>
    /// Whether a config of this type is that of an image, not of another artifact (image-spec, manifest.md,
    /// "artifactType").
    /// </summary>
    public static bool IsImageConfig(string mediaType) => mediaType is OciConfig or DockerConfig;
}
