using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace MirrorValidate.Embedded;

/// <summary>
/// The address and behaviour of an embedded registry. Init-only properties are read at the start, settable ones with
/// every request, so that a test may change them while the registry runs.
/// </summary>
public sealed class EmbeddedRegistryOptions
{
    /// <summary>
    /// The address to listen on. Another loopback address, such as 127.0.0.2 or ::1, counts as another host.
    /// </summary>
    /// <value>127.0.0.1.</value>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The port to listen on.</summary>
    /// <value>0: any free one.</value>
    public int Port { get; init; }

    /// <summary>The certificate with its key for HTTPS (HTTP/1.1 and HTTP/2); null: plain HTTP/1.1.</summary>
    public X509Certificate2? ServerCertificate { get; init; }

    /// <summary>Whether HTTP/2 is offered over TLS.</summary>
    /// <value>True.</value>
    public bool Http2 { get; init; } = true;

    /// <summary>
    /// Whether clients need a certificate issued by <see cref="ClientCertificateAuthority"/>. Requires TLS.
    /// </summary>
    public bool RequireClientCertificate { get; init; }

    /// <summary>The only authority trusted for client certificates; null: any client certificate is accepted.</summary>
    public X509Certificate2? ClientCertificateAuthority { get; init; }

    /// <summary>How clients are authenticated; null: not at all, everybody may do everything.</summary>
    public RegistryAuthentication? Authentication { get; set; }

    /// <summary>The latency to add to every request, like that of a distant registry.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>The pull limit; null: none.</summary>
    public PullRateLimit? PullRateLimit { get; set; }

    /// <summary>Whether to omit Docker-Content-Digest and ETag from every answer.</summary>
    public bool OmitContentDigest { get; set; }

    /// <summary>
    /// The status to refuse every HEAD of a manifest or blob with, such as 405 or 403; null: HEAD is answered.
    /// </summary>
    public int? RefuseHead { get; set; }

    /// <summary>
    /// Whether to answer 404 for OCI content whose type is not in Accept, as CNCF Distribution 2.8 does.
    /// </summary>
    /// <value>False: Accept is ignored.</value>
    public bool HonourAccept { get; set; }

    /// <summary>Whether manifests and blobs can be deleted over HTTP.</summary>
    /// <value>True.</value>
    public bool AllowDelete { get; set; } = true;

    /// <summary>
    /// Whether a pushed manifest may only name content of the repository. Content put into the store directly is never
    /// checked.
    /// </summary>
    /// <value>True.</value>
    public bool VerifyPushes { get; set; } = true;

    /// <summary>Whether the referrers API is available; if not, it answers 404.</summary>
    /// <value>True.</value>
    public bool Referrers { get; set; } = true;

    /// <summary>The maximum number of entries per page of referrers; null: all in one page.</summary>
    public int? ReferrersPageSize { get; set; }

    /// <summary>The maximum number of tags per page; null: as many as the client requests.</summary>
    public int? TagsPageSize { get; set; }

    /// <summary>Whether requests are recorded in the journal or only counted.</summary>
    /// <value>True.</value>
    public bool RecordRequests { get; set; } = true;
}
