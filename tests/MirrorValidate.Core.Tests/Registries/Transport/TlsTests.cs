using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MirrorValidate.Embedded;
using MirrorValidate.References;
using MirrorValidate.Registries.Transport.Tls;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Registries.Transport;

/// <summary>Certificates: verified by default, private authorities and client certificates in Docker's layout, insecure by name only.</summary>
public sealed class TlsTests : IDisposable
{
    private static readonly X509Certificate2 Authority = CertificateFactory.CreateAuthority("Private CA");
    private static readonly X509Certificate2 Server = CertificateFactory.CreateServer(Authority, ["127.0.0.1", "::1", "localhost"]);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("certs.d");

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory]
    [InlineData(true, "HTTP/2")]
    [InlineData(false, "HTTP/1.1")]
    public async Task A_private_authority_is_trusted_for_the_host_whose_directory_it_is_in(bool http2, string protocol)
    {
        await using Mirror mirror = await StartAsync(new EmbeddedRegistryOptions { ServerCertificate = Server, Http2 = http2 });
        Write(mirror.Destination.Host, "ca.crt", Authority.ExportCertificatePem());

        await PassesAsync(mirror);

        Assert.All(mirror.Destination.Requests.Snapshot(), request => Assert.Equal(protocol, request.Protocol));
    }

    [Fact]
    public async Task Of_another_host_it_is_not()
    {
        await using Mirror mirror = await StartAsync(new EmbeddedRegistryOptions { ServerCertificate = Server });
        Write("127.0.0.1", "ca.crt", Authority.ExportCertificatePem());
        Write("127.0.0.1:1", "ca.crt", Authority.ExportCertificatePem());

        await FailsAsync(mirror, "the certificate's issuer is unknown (\"CN=Private CA\")");
    }

    [Fact]
    public async Task It_forgives_nothing_else()
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        await CheckAsync(CertificateFactory.CreateServer(Authority, ["127.0.0.1"], now.AddDays(-9), now.AddDays(-2)), "the certificate has expired (");
        await CheckAsync(CertificateFactory.CreateServer(Authority, ["other.example"]), "the certificate is for another host (\"other.example\")");
        await CheckAsync(CertificateFactory.CreateServer(CertificateFactory.CreateAuthority("Private CA"), ["127.0.0.1"]), "issuer is unknown");

        async Task CheckAsync(X509Certificate2 certificate, string problem)
        {
            await using Mirror mirror = await StartAsync(new EmbeddedRegistryOptions { ServerCertificate = certificate });
            Write(mirror.Destination.Host, "ca.crt", Authority.ExportCertificatePem());
            MirrorImageResult result = await FailsAsync(mirror, problem);
            if (problem.Contains("expired", StringComparison.Ordinal)) Assert.DoesNotContain("issuer", result.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_an_authority_issued_for_a_client_makes_no_server()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=client", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.2")], critical: false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 issued = request.Create(Authority, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1), [1, 2, 3]);
        using X509Certificate2 certificate = issued.CopyWithPrivateKey(key);
        await using var server = new RawServer(async (stream, token) =>
        {
            await using var tls = new SslStream(stream);
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, token);
        });
        await using Mirror mirror = await StartAsync(new EmbeddedRegistryOptions());
        Write(server.Host, "ca.crt", Authority.ExportCertificatePem());
        using Run run = Start();

        MirrorImageResult result = await run.ValidateAsync($"{mirror.Source.Host}/team/app {server.Host}/team/app 1");

        Assert.Equal(nameof(ValidationReason.TlsFailure), result.Reason);
        Assert.Contains("the certificate is not valid (NotValidForUsage)", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_of_its_own_may_be_kept_as_the_authority()
    {
        X509Certificate2 own = CertificateFactory.CreateServer(null, ["127.0.0.1"]);
        await using Mirror mirror = await StartAsync(new EmbeddedRegistryOptions { ServerCertificate = own });
        Write(mirror.Destination.Host, "server.crt", own.ExportCertificatePem());

        await PassesAsync(mirror);
    }

    [Fact]
    public async Task An_authority_may_be_kept_as_DER_too()
    {
        await using Mirror mirror = await StartAsync(new EmbeddedRegistryOptions { ServerCertificate = Server });
        string directory = Path.Combine(_directory.FullName, mirror.Destination.Host);
        Directory.CreateDirectory(directory);
        await File.WriteAllBytesAsync(Path.Combine(directory, "ca.crt"), Authority.RawData);

        await PassesAsync(mirror);
    }

    [Theory]
    [InlineData("ca.crt", "no certificate")]
    [InlineData("client.cert", "no certificate")]
    [InlineData("client.cert", null)]
    public async Task A_file_that_cannot_be_used_is_named(string file, string? text)
    {
        await using Mirror mirror = await StartAsync(new EmbeddedRegistryOptions { ServerCertificate = Server });
        // Without text: a certificate that has no key beside it.
        string path = Write(mirror.Destination.Host, file, text ?? CertificateFactory.CreateClient(Authority).ExportCertificatePem());

        await FailsAsync(mirror, $"cannot use the certificate {path}: ");
    }

    [Fact]
    public async Task A_client_certificate_is_shown_to_a_registry_that_wants_one()
    {
        await using Mirror mirror = await StartAsync(Mutual());
        Write(mirror.Destination.Host, "ca.crt", Authority.ExportCertificatePem());
        await FailsAsync(mirror, "the host asks for a client certificate, and none is kept for it");

        WriteClient(mirror.Destination.Host, CertificateFactory.CreateClient(CertificateFactory.CreateAuthority("Another CA")));
        await FailsAsync(mirror, "the host asks for a client certificate, and did not take the one that is kept for it");

        WriteClient(mirror.Destination.Host, CertificateFactory.CreateClient(Authority));
        await PassesAsync(mirror);
    }

    // Windows keeps the key of a client certificate in a file until then.
    [Fact]
    public void What_was_read_for_a_host_can_be_let_go_of()
    {
        Write("127.0.0.1", "ca.crt", Authority.ExportCertificatePem());
        WriteClient("127.0.0.1", CertificateFactory.CreateClient(Authority));
        HostCertificates certificates = HostCertificates.Read(["127.0.0.1"], [_directory.FullName]);
        X509Certificate2[] all = [.. certificates.Authorities, .. certificates.Clients.Single()];
        Assert.Equal(2, all.Length);
        Assert.All(all, certificate => Assert.NotEqual(IntPtr.Zero, certificate.Handle));

        certificates.Dispose();

        Assert.All(all, certificate => Assert.Equal(IntPtr.Zero, certificate.Handle));
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.0.0.1:{port}", true)]
    [InlineData("127.0.0.1:1", false)]
    [InlineData("127.0.0.2", false)]
    [InlineData("localhost", false)]
    public async Task Only_the_named_host_need_not_prove_itself(string insecure, bool passes)
    {
        await using Mirror mirror = await StartAsync(new EmbeddedRegistryOptions { ServerCertificate = CertificateFactory.CreateServer(null, ["other.example"]) });
        RegistryHost named = RegistryHost.Parse(insecure.Replace("{port}", $"{mirror.Destination.Port}", StringComparison.Ordinal));
        using var run = new Run(Run.Quick with { InsecureRegistries = [named] });

        MirrorImageResult result = await run.ValidateAsync(mirror.Line);

        Assert.Equal(passes ? nameof(ValidationReason.None) : nameof(ValidationReason.TlsFailure), result.Reason);
        // Never over plain HTTP instead.
        Assert.Equal(passes, mirror.Destination.Requests.Count > 0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task IPv6_literals_are_hosts(bool tls)
    {
        await using Mirror mirror = await StartAsync(new EmbeddedRegistryOptions { Address = IPAddress.IPv6Loopback, ServerCertificate = tls ? Server : null });
        Assert.StartsWith("[::1]:", mirror.Destination.Host, StringComparison.Ordinal);
        Write(mirror.Destination.Host, "ca.crt", Authority.ExportCertificatePem());

        await PassesAsync(mirror);
    }

    [Fact]
    public async Task A_plain_realm_of_a_registry_behind_a_front_that_ends_TLS_is_asked_by_TLS()
    {
        await using Mirror mirror = await StartAsync(new EmbeddedRegistryOptions { ServerCertificate = Server });
        mirror.Destination.Options.Authentication = new BearerAuthentication { Realm = $"http://{mirror.Destination.Host}/token", Users = new Dictionary<string, string> { ["mirror"] = "correct horse" } };
        Write(mirror.Destination.Host, "ca.crt", Authority.ExportCertificatePem());
        using var run = new Run(Run.Quick with { CertificateDirectories = [_directory.FullName] }, destination: Run.User("mirror", "correct horse"));

        Assert.Equal(nameof(ValidationStatus.Passed), (await run.ValidateAsync(mirror.Line)).Status);
    }

    [Fact]
    public async Task A_token_server_proves_itself_too()
    {
        await using Mirror mirror = await StartAsync(new EmbeddedRegistryOptions());
        await using EmbeddedRegistry auth = await EmbeddedRegistry.StartAsync(new EmbeddedRegistryOptions { ServerCertificate = Server });
        auth.Options.Authentication = new BearerAuthentication { AllowAnonymous = true };
        mirror.Destination.Options.Authentication = new BearerAuthentication { Realm = $"https://{auth.Host}/token", Tokens = ((BearerAuthentication)auth.Options.Authentication).Tokens };

        MirrorImageResult result = await FailsAsync(mirror, $"GET https://{auth.Host}/token (token for repository:team/app:pull): the certificate's issuer is unknown");
        Assert.Contains("(1 attempt)", result.Message, StringComparison.Ordinal);

        Write(auth.Host, "ca.crt", Authority.ExportCertificatePem());
        await PassesAsync(mirror);
    }

    private static Task<Mirror> StartAsync(EmbeddedRegistryOptions destination) => Mirror.StartAsync(destination: destination);

    private static EmbeddedRegistryOptions Mutual() => new() { ServerCertificate = Server, RequireClientCertificate = true, ClientCertificateAuthority = Authority };

    private string Write(string host, string file, string text)
    {
        string directory = Path.Combine(_directory.FullName, host);
        Directory.CreateDirectory(directory);
        string path = Path.Combine(directory, file);
        File.WriteAllText(path, text);
        return path;
    }

    private void WriteClient(string host, X509Certificate2 client)
    {
        Write(host, "client.cert", client.ExportCertificatePem());
        Write(host, "client.key", client.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
    }

    private Run Start() => new(Run.Quick with { CertificateDirectories = [_directory.FullName] });

    private async Task PassesAsync(Mirror mirror)
    {
        using Run run = Start();
        MirrorImageResult result = await run.ValidateAsync(mirror.Line);
        Assert.True(result.Status == nameof(ValidationStatus.Passed), result.Message);
    }

    private async Task<MirrorImageResult> FailsAsync(Mirror mirror, string problem)
    {
        using Run run = Start();
        MirrorImageResult result = await run.ValidateAsync(mirror.Line);
        Assert.True(result.Reason == nameof(ValidationReason.TlsFailure), $"{result.Reason} {result.Message}");
        Assert.Contains(problem, result.Message, StringComparison.Ordinal);
        return result;
    }
}
