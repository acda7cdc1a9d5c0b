namespace MirrorValidate.Embedded;

/// <summary>Media types that the registry stores and the builders write.</summary>
public static class RegistryMediaTypes
{
    /// <summary>Docker image manifest list.</summary>
    public const string DockerList = "application/vnd.docker.distribution.manifest.list.v2+json";

    /// <summary>Docker image manifest, schema 2.</summary>
    public const string DockerManifest = "application/vnd.docker.distribution.manifest.v2+json";

    /// <summary>Docker image configuration.</summary>
    public const string DockerConfig = "application/vnd.docker.container.image.v1+json";

    /// <summary>Docker layer, tar with gzip.</summary>
    public const string DockerLayer = "application/vnd.docker.image.rootfs.diff.tar.gzip";

    /// <summary>Docker foreign layer, which is downloaded from its <c>urls</c> and not pushed.</summary>
    public const string DockerForeignLayer = "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip";

    /// <summary>Docker image manifest, schema 1, without a signature.</summary>
    public const string DockerSchema1 = "application/vnd.docker.distribution.manifest.v1+json";

    /// <summary>Docker image manifest, schema 1, with signatures.</summary>
    public const string DockerSchema1Signed = "application/vnd.docker.distribution.manifest.v1+prettyjws";

    /// <summary>OCI image index.</summary>
    public const string OciIndex = "application/vnd.oci.image.index.v1+json";

    /// <summary>OCI image manifest.</summary>
    public const string OciManifest = "application/vnd.oci.image.manifest.v1+json";

    /// <summary>OCI image configuration.</summary>
    public const string OciConfig = "application/vnd.oci.image.config.v1+json";

    /// <summary>OCI layer, tar with gzip.</summary>
    public const string OciLayer = "application/vnd.oci.image.layer.v1.tar+gzip";

    /// <summary>The empty JSON object that an OCI artifact uses as its configuration.</summary>
    public const string OciEmpty = "application/vnd.oci.empty.v1+json";

    /// <summary>Configuration of a Helm chart stored as an OCI artifact.</summary>
    public const string HelmConfig = "application/vnd.cncf.helm.config.v1+json";

    /// <summary>Content of a Helm chart stored as an OCI artifact.</summary>
    public const string HelmChart = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";

    /// <summary>An in-toto statement, which build tools attach as an attestation.</summary>
    public const string InToto = "application/vnd.in-toto+json";
}
