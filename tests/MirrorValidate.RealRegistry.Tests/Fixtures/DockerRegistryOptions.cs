using System.Net;

namespace MirrorValidate.RealRegistry.Tests.Fixtures;

/// <summary>The configuration of a <see cref="DockerRegistryProcess"/>. Content is always stored on disk.</summary>
public sealed record DockerRegistryOptions
{
    /// <summary>The address to listen on, IPv6 without brackets.</summary>
    /// <value>127.0.0.1</value>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>The only user of htpasswd authentication.</summary>
    /// <value>null: everybody may do everything.</value>
    public NetworkCredential? User { get; init; }

    /// <summary>Bearer authentication by a token service. Excludes <see cref="User"/>.</summary>
    public RegistryTokenAuthentication? Token { get; init; }

    /// <summary>Server certificate.</summary>
    /// <value>null: plain HTTP.</value>
    public CertificateFiles? Certificate { get; init; }

    /// <summary>
    /// The PEM of the authority whose client certificates are required. Needs <see cref="Certificate"/>.
    /// </summary>
    /// <value>null: clients need no certificate.</value>
    public string? ClientAuthority { get; init; }

    /// <summary>
    /// Whether schema 1 manifests may be pushed and pulled, and others are converted to it for old clients.
    /// </summary>
    public bool Schema1 { get; init; }

    /// <summary>
    /// Whether it remembers size and type of blobs in memory, as its usual configuration does. Then what is changed on
    /// disk is not seen by HEAD.
    /// </summary>
    public bool DescriptorCache { get; init; }

    /// <summary>Whether manifests and blobs may be deleted over HTTP.</summary>
    public bool Delete { get; init; } = true;
}
