using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MirrorValidate.Embedded.Images;
using MirrorValidate.RealRegistry.Tests.Fixtures;
using MirrorValidate.RealRegistry.Tests.Mirroring;

namespace MirrorValidate.RealRegistry.Tests.Client;

/// <summary>
/// Docker's <c>certs.d/HOST/{ca.crt,client.cert,client.key}</c> with a registry that requires it: private authority,
/// mutual TLS.
/// </summary>
public sealed class CertificateDirectoryTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly TestCertificates _certificates;

    public CertificateDirectoryTests() => _certificates = new TestCertificates(_directory.Path);

    public void Dispose() => _directory.Dispose();

    [RealRegistryFact]
    public async Task A_private_authority_is_trusted_for_both_sides()
    {
        var tls = new DockerRegistryOptions { Certificate = _certificates.Server };
        await using RegistryPair registries = await RegistryPair.StartAsync(tls, tls);
        string line = await registries.AddAsync(SampleImages.DockerList("list"), "list");
        string root = _directory["certs.d"];
        _certificates.WriteCertificateDirectory(root, registries.Source.Host);
        _certificates.WriteCertificateDirectory(root, registries.Destination.Host);
        using var run = new ValidationRun(ValidationRun.Quick with { CertificateDirectories = [root] });

        Expected.Passed(requests: 4).Check(await run.ValidateAsync(line));
    }

    [RealRegistryFact]
    public async Task A_client_certificate_brings_the_intermediate_authorities_of_its_file()
    {
        await using RegistryPair registries = await RegistryPair.StartAsync(destination: new DockerRegistryOptions
        {
            Certificate = _certificates.Server,
            ClientAuthority = WriteChain(out string leaf, out string intermediate, out string key),
        });
        await registries.PushAsync(SampleImages.DockerList("list"), "list");
        string root = _directory["certs.d"];
        string directory = _certificates.WriteCertificateDirectory(root, registries.Destination.Host);
        string certificate = Path.Combine(directory, "client.cert");
        await File.WriteAllTextAsync(Path.Combine(directory, "client.key"), key);

        await File.WriteAllTextAsync(certificate, leaf + "\n" + intermediate + "\n");
        await registries.MirrorAsync("list", new SkopeoCopyOptions { Destination = new SkopeoEndpoint { CertificateDirectory = directory } });
        using (var run = new ValidationRun(ValidationRun.Quick with { CertificateDirectories = [root] }))
            Expected.Passed(requests: 4).Check(await run.ValidateAsync(registries.Line("list")));

        await File.WriteAllTextAsync(certificate, leaf + "\n");
        using (var run = new ValidationRun(ValidationRun.Quick with { CertificateDirectories = [root] }))
        {
            Expected.Error(MirrorValidate.Validation.ValidationReason.TlsFailure, "destination registry {destinationHost}: ", "client certificate")
                .Check(await run.ValidateAsync(registries.Line("list")));
        }
    }

    /// <returns>The path of the root that the registry trusts.</returns>
    private string WriteChain(out string leaf, out string intermediate, out string key)
    {
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var middleKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var leafKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        DateTimeOffset start = DateTimeOffset.UtcNow.AddDays(-1);
        DateTimeOffset end = DateTimeOffset.UtcNow.AddDays(30);
        using X509Certificate2 root = Authority("client root", rootKey).CreateSelfSigned(start, end);
        using X509Certificate2 issued = Authority("client intermediate", middleKey).Create(root, start, end, [1]);
        using X509Certificate2 middle = issued.CopyWithPrivateKey(middleKey);
        var request = new CertificateRequest("CN=client", leafKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.2")], critical: false));
        using X509Certificate2 client = request.Create(middle, start, end, [2]);
        leaf = client.ExportCertificatePem();
        intermediate = middle.ExportCertificatePem();
        key = leafKey.ExportPkcs8PrivateKeyPem();
        string path = _directory["client-root.crt"];
        File.WriteAllText(path, root.ExportCertificatePem());
        return path;
    }

    private static CertificateRequest Authority(string name, ECDsa key)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        return request;
    }
}
