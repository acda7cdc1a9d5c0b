using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace MirrorValidate.RealRegistry.Tests.Fixtures;

public sealed class TlsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly TestCertificates _certificates;

    public TlsTests() => _certificates = new TestCertificates(_directory.Path);

    public void Dispose() => _directory.Dispose();

    [RealRegistryFact]
    public async Task A_client_that_trusts_the_private_authority_gets_in_by_each_loopback_name()
    {
        await using var registry = await StartAsync(_certificates.Server);
        foreach (var host in new[] { "127.0.0.1", "localhost" })
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(new UriBuilder(registry.BaseAddress) { Host = host }.Uri));
    }

    [RealRegistryTheory]
    [InlineData(nameof(TestCertificates.ExpiredServer), "NotTimeValid")]
    [InlineData(nameof(TestCertificates.WrongHostServer), "RemoteCertificateNameMismatch")]
    public async Task A_bad_certificate_breaks_the_handshake(string name, string reason)
    {
        var files = (CertificateFiles)typeof(TestCertificates).GetProperty(name)!.GetValue(_certificates)!;
        await using var registry = await StartAsync(files);
        await AssertRefusedAsync(registry, reason);
    }

    [RealRegistryFact]
    public async Task Another_authority_is_an_unknown_issuer()
    {
        using var elsewhere = new TemporaryDirectory();
        await using var registry = await StartAsync(new TestCertificates(elsewhere.Path).Server);
        await AssertRefusedAsync(registry, "PartialChain");
    }

    [RealRegistryFact]
    public async Task Mutual_tls_admits_the_client_certificate_and_nobody_else()
    {
        await using var registry = await StartAsync(_certificates.Server, _certificates.AuthorityPath);
        await Assert.ThrowsAsync<HttpRequestException>(() => StatusAsync(registry.BaseAddress));

        using var client = X509Certificate2.CreateFromPemFile(_certificates.Client.CertificatePath, _certificates.Client.KeyPath);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(registry.BaseAddress, client));
    }

    [RealRegistryFact]
    public async Task Skopeo_gets_in_with_the_certificate_directory()
    {
        await using var registry = await StartAsync(_certificates.Server, _certificates.AuthorityPath);
        var endpoint = new SkopeoEndpoint
        {
            CertificateDirectory = _certificates.WriteCertificateDirectory(_directory["certs.d"], registry.Host, withClient: true),
        };

        // TLS succeeds, and the request is for an image that does not exist.
        var failure = await Assert.ThrowsAsync<SkopeoException>(() => Skopeo.InspectRawAsync($"{registry.Host}/a/b:1", endpoint));
        Assert.Contains("manifest unknown", failure.StandardError);
    }

    private static Task<DockerRegistryProcess> StartAsync(CertificateFiles certificate, string? clientAuthority = null) =>
        DockerRegistryProcess.StartAsync(new DockerRegistryOptions { Certificate = certificate, ClientAuthority = clientAuthority });

    private async Task AssertRefusedAsync(DockerRegistryProcess registry, string reason)
    {
        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => StatusAsync(registry.BaseAddress));
        Assert.Contains(reason, Assert.IsType<AuthenticationException>(failure.InnerException).Message);
    }

    private async Task<HttpStatusCode> StatusAsync(Uri address, X509Certificate2? clientCertificate = null)
    {
        using var authority = X509CertificateLoader.LoadCertificateFromFile(_certificates.AuthorityPath);
        using var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    CustomTrustStore = { authority },
                    RevocationMode = X509RevocationMode.NoCheck,
                },
                ClientCertificates = clientCertificate is null ? null : [clientCertificate],
            },
        };
        using var client = new HttpClient(handler);
        using var answer = await client.GetAsync(new Uri(address, "/v2/"));
        return answer.StatusCode;
    }
}
