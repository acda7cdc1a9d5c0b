using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MirrorValidate.RealRegistry.Tests.Fixtures;

/// <summary>
/// A private certificate authority and its certificates, as PEM files in a directory. Instances do not trust each
/// other, so a second one can serve as an unknown issuer.
/// </summary>
public sealed class TestCertificates
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private readonly string _directory;
    private readonly DateTimeOffset _now = DateTimeOffset.UtcNow;

    /// <summary>Creates the authority and its certificates in <paramref name="directory"/>, which must exist.</summary>
    public TestCertificates(string directory)
    {
        _directory = directory;
        AuthorityPath = PathOf("ca.crt");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var authority = CreateAuthority(key);
        File.WriteAllText(AuthorityPath, authority.ExportCertificatePem());

        string[] loopback = ["localhost", "127.0.0.1", "::1"];
        Server = Issue(authority, "server", ServerAuthentication, loopback, _now.AddDays(-1), _now.AddYears(1));
        ExpiredServer = Issue(authority, "expired", ServerAuthentication, loopback, _now.AddDays(-30), _now.AddDays(-1));
        WrongHostServer = Issue(authority, "wrong-host", ServerAuthentication, ["registry.invalid"], _now.AddDays(-1), _now.AddYears(1));
        Client = Issue(authority, "client", ClientAuthentication, [], _now.AddDays(-1), _now.AddYears(1));
    }

    /// <summary>The PEM of the authority.</summary>
    public string AuthorityPath { get; }

    /// <summary>A server certificate for localhost, 127.0.0.1 and ::1.</summary>
    public CertificateFiles Server { get; }

    /// <summary>Like <see cref="Server"/>, but expired yesterday.</summary>
    public CertificateFiles ExpiredServer { get; }

    /// <summary>A valid server certificate for registry.invalid.</summary>
    public CertificateFiles WrongHostServer { get; }

    /// <summary>A client certificate for mutual TLS.</summary>
    public CertificateFiles Client { get; }

    /// <summary>
    /// Writes Docker's layout <c>ROOT/HOST/{ca.crt,client.cert,client.key}</c>.
    /// </summary>
    /// <param name="root">The folder to use instead of <c>/etc/docker/certs.d</c>.</param>
    /// <param name="host">Registry host, with its port.</param>
    /// <param name="withClient">Whether to write the client certificate, too.</param>
    /// <returns>The host's directory, for skopeo's <c>--src-cert-dir</c>.</returns>
    public string WriteCertificateDirectory(string root, string host, bool withClient = false)
    {
        var directory = Directory.CreateDirectory(Path.Combine(root, host)).FullName;
        File.Copy(AuthorityPath, Path.Combine(directory, "ca.crt"));
        if (withClient)
        {
            File.Copy(Client.CertificatePath, Path.Combine(directory, "client.cert"));
            File.Copy(Client.KeyPath, Path.Combine(directory, "client.key"));
        }

        return directory;
    }

    private X509Certificate2 CreateAuthority(ECDsa key)
    {
        var request = new CertificateRequest("CN=MirrorValidate test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request.CreateSelfSigned(_now.AddYears(-1), _now.AddYears(5));
    }

    private CertificateFiles Issue(
        X509Certificate2 authority, string name, string purpose, string[] hosts, DateTimeOffset notBefore, DateTimeOffset notAfter)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN=MirrorValidate test {name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, true, false));
        if (hosts.Length > 0)
            request.CertificateExtensions.Add(AlternativeNames(hosts));

        using var certificate = request.Create(authority, notBefore, notAfter, RandomNumberGenerator.GetBytes(8));
        var files = new CertificateFiles(PathOf($"{name}.crt"), PathOf($"{name}.key"));
        File.WriteAllText(files.CertificatePath, certificate.ExportCertificatePem());
        File.WriteAllText(files.KeyPath, key.ExportPkcs8PrivateKeyPem());
        return files;
    }

    private static X509Extension AlternativeNames(string[] hosts)
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (var host in hosts)
        {
            if (IPAddress.TryParse(host, out var address))
                names.AddIpAddress(address);
            else
                names.AddDnsName(host);
        }

        return names.Build();
    }

    private string PathOf(string name) => Path.Combine(_directory, name);
}
