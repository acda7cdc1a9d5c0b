using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MirrorValidate.Embedded;

/// <summary>
/// Creates certificates with throw-away keys for authorities, servers and clients, including expired ones and ones for
/// other hosts.
/// </summary>
public static class CertificateFactory
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    /// <summary>
    /// Creates an authority. It is valid for ten years before and after today, so that it can issue expired
    /// certificates.
    /// </summary>
    public static X509Certificate2 CreateAuthority(string name = "Embedded Registry Test CA")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        using var certificate = request.CreateSelfSigned(
            DateTimeOffset.UtcNow.AddYears(-10), DateTimeOffset.UtcNow.AddYears(10));
        return Portable(certificate);
    }

    /// <summary>Creates a server certificate.</summary>
    /// <param name="authority">The issuer; null: self-signed.</param>
    /// <param name="hosts">The addresses and names that it is valid for.</param>
    /// <param name="notBefore">When it becomes valid; null: yesterday.</param>
    /// <param name="notAfter">When it expires; null: in a year.</param>
    public static X509Certificate2 CreateServer(
        X509Certificate2? authority,
        IEnumerable<string> hosts,
        DateTimeOffset? notBefore = null,
        DateTimeOffset? notAfter = null)
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (var host in hosts)
        {
            if (IPAddress.TryParse(host, out var address))
            {
                names.AddIpAddress(address);
            }
            else
            {
                names.AddDnsName(host);
            }
        }

        return Create("CN=embedded registry", authority, ServerAuthentication, names.Build(), notBefore, notAfter);
    }

    /// <summary>Creates a client certificate.</summary>
    public static X509Certificate2 CreateClient(X509Certificate2? authority, string name = "client") =>
        Create($"CN={name}", authority, ClientAuthentication, null, null, null);

    private static X509Certificate2 Create(
        string subject,
        X509Certificate2? authority,
        string purpose,
        X509Extension? names,
        DateTimeOffset? notBefore,
        DateTimeOffset? notAfter)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], false));
        if (names is not null)
        {
            request.CertificateExtensions.Add(names);
        }

        var start = notBefore ?? DateTimeOffset.UtcNow.AddDays(-1);
        var end = notAfter ?? DateTimeOffset.UtcNow.AddYears(1);
        if (authority is null)
        {
            using var selfSigned = request.CreateSelfSigned(start, end);
            return Portable(selfSigned);
        }

        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, true, false));
        using var issued = request.Create(authority, start, end, RandomNumberGenerator.GetBytes(12));
        using var withKey = issued.CopyWithPrivateKey(key);
        return Portable(withKey);
    }

    /// <summary>On Windows, TLS needs a key loaded from PKCS#12; one created in memory does not work.</summary>
    private static X509Certificate2 Portable(X509Certificate2 certificate) =>
        new(certificate.Export(X509ContentType.Pkcs12), (string?)null, X509KeyStorageFlags.Exportable);
}
