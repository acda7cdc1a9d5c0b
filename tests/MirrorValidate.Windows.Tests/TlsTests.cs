using System.Security.Cryptography.X509Certificates;
using MirrorValidate.Embedded;

namespace MirrorValidate.Windows.Tests;

/// <summary>
/// Certificates in PowerShell for Windows, of registries on Linux, since Wine makes no keys. They are for localhost,
/// since Wine finds no addresses in certificates; what must be refused is signed by itself, since Wine trusts a chain
/// that ends before its root; and none asks for a client's, since Wine shows none (<see cref="WineFaultTests"/>).
/// </summary>
public sealed class TlsTests(WindowsModule windows) : IClassFixture<WindowsModule>
{
    private static readonly X509Certificate2 Authority = CertificateFactory.CreateAuthority("Private CA");

    private readonly string _test = Guid.NewGuid().ToString("N");

    [WineTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_authority_or_the_certificate_itself_is_trusted_if_it_is_in_the_folder(bool isIssued)
    {
        X509Certificate2? issuer = isIssued ? Authority : null;
        using X509Certificate2 server = CertificateFactory.CreateServer(issuer, ["localhost"]);
        await using EmbeddedRegistry mirror = await StartAsync(server);
        Keep(mirror, issuer ?? server);

        Assert.Equal("Passed None", await ValidateAsync(mirror));

        Assert.All(mirror.Requests.Snapshot(), request => Assert.Equal("HTTP/2", request.Protocol));
    }

    [WineFact]
    public async Task In_the_folder_of_another_registry_it_is_not()
    {
        using X509Certificate2 server = CertificateFactory.CreateServer(null, ["localhost"]);
        await using EmbeddedRegistry mirror = await StartAsync(server);
        await using EmbeddedRegistry other = await StartAsync(server);
        Keep(other, server);

        await RefusesAsync(mirror, "the certificate's issuer is unknown (\"CN=embedded registry\")");

        Assert.Equal(0, mirror.Requests.Count);
    }

    [WineFact]
    public async Task A_certificate_for_another_host_is_refused()
    {
        await using EmbeddedRegistry mirror =
            await StartAsync(CertificateFactory.CreateServer(Authority, ["other.example"]));
        Keep(mirror, Authority);

        await RefusesAsync(mirror, "the certificate is for another host (\"other.example\")");
    }

    private static Task<EmbeddedRegistry> StartAsync(X509Certificate2 server) =>
        WindowsModule.StartMirrorAsync(new EmbeddedRegistryOptions { ServerCertificate = server });

    private void Keep(EmbeddedRegistry registry, X509Certificate2 certificate) =>
        windows.Write(certificate.ExportCertificatePem(), _test, $"localhost{registry.Port}", "ca.crt");

    private Task<string> ValidateAsync(EmbeddedRegistry mirror) => windows.ValidateAsync(
        $"localhost:{mirror.Port}",
        new Dictionary<string, string> { ["-CertificateDirectory"] = windows.FolderOf(_test) });

    private async Task RefusesAsync(EmbeddedRegistry mirror, string problem)
    {
        string result = await ValidateAsync(mirror);
        Assert.True(result.StartsWith("Error TlsFailure ", StringComparison.Ordinal), result);
        Assert.Contains(problem, result, StringComparison.Ordinal);
    }
}
