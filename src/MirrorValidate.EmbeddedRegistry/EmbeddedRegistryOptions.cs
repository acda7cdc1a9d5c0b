using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace MirrorValidate.Embedded;

/// <summary>
/// How an embedded registry is reached and how it behaves. The first group is read at the start; the rest with every request, so
/// that a test may change it on the way.
/// </summary>
public sealed class EmbeddedRegistryOptions
{
    /// <summary>The address to listen on; another loopback address, such as 127.0.0.2 or ::1, makes another host.</summary>
    /// <value>127.0.0.1.</value>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The port to listen on.</summary>
    /// <value>0: any free one.</value>
    public int Port { get; init; }

    /// <summary>The certificate, with its key, to serve HTTPS with (HTTP/1.1 and HTTP/2); null: plain HTTP/1.1.</summary>
    public X509Certificate2? ServerCertificate { get; init; }

    /// <summary>Whether HTTP/2 is offered over TLS.</summary>
    /// <value>True.</value>
    public bool Http2 { get; init; } = true;

    /// <summary>Whether a client must show a certificate that <see cref="ClientCertificateAuthority"/> has issued. Needs TLS.</summary>
    public bool RequireClientCertificate { get; init; }

    /// <summary>The only authority trusted for client certificates; null: any client certificate will do.</summary>
    public X509Certificate2? ClientCertificateAuthority { get; init; }

    /// <summary>How clients are known; null: everybody may do everything.</summary>
    public RegistryAuthentication? Authentication { get; set; }

    /// <summary>Time added to every request, as a distant registry has it.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>A pull limit; null: none.</summary>
    public PullRateLimit? PullRateLimit { get; set; }

    /// <summary>Leaves Docker-Content-Digest and ETag out of every answer.</summary>
    public bool OmitContentDigest { get; set; }

    /// <summary>The status that every HEAD of a manifest or blob is refused with, such as 405 or 403; null: HEAD is answered.</summary>
    public int? RefuseHead { get; set; }

    /// <summary>
    /// Whether OCI content is answered with 404 where its type is not in Accept, as CNCF Distribution 2.8 does.
    /// </summary>
    /// <value>False: what is stored is answered, whatever Accept says.</value>
    public bool HonourAccept { get; set; }

    /// <summary>Whether manifests and blobs can be deleted over HTTP.</summary>
    /// <value>True.</value>
    public bool AllowDelete { get; set; } = true;

    /// <summary>Whether a pushed manifest must name only what the repository has. What the store is given directly is never checked.</summary>
    /// <value>True.</value>
    public bool VerifyPushes { get; set; } = true;

    /// <summary>Whether the referrers API is there; without it, it answers 404.</summary>
    /// <value>True.</value>
    public bool Referrers { get; set; } = true;

    /// <summary>The most entries of one page of referrers; null: all in one.</summary>
    public int? ReferrersPageSize { get; set; }

    /// <summary>The most tags of one page, where the client asks for more or does not say; null: as many as asked for.</summary>
    public int? TagsPageSize { get; set; }

    /// <summary>Whether requests are kept in the journal, or only counted.</summary>
    /// <value>True.</value>
    public bool RecordRequests { get; set; } = true;
}
