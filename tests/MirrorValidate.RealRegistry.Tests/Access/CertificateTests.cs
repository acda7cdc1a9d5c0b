using MirrorValidate.Embedded.Images;
using MirrorValidate.RealRegistry.Tests.Fixtures;
using MirrorValidate.RealRegistry.Tests.Mirroring;
using MirrorValidate.References;
using MirrorValidate.Validation;

namespace MirrorValidate.RealRegistry.Tests.Access;

/// <summary>
/// Registries with TLS, also on loopback: an untrusted certificate is never accepted unless the host is named as
/// insecure.
/// </summary>
public sealed class CertificateTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly TestCertificates _certificates;

    public CertificateTests() => _certificates = new TestCertificates(_directory.Path);

    public void Dispose() => _directory.Dispose();

    [RealRegistryTheory]
    [InlineData("server", "the certificate's issuer is unknown (\"CN=MirrorValidate test authority\")")]
    [InlineData("expired", "the certificate has expired")]
    [InlineData("wrong host", "the certificate is for another host (\"registry.invalid\")")]
    public async Task A_certificate_that_is_not_trusted_fails_and_passes_where_the_host_is_named(string kind, string problem)
    {
        CertificateFiles certificate = kind switch
        {
            "server" => _certificates.Server,
            "expired" => _certificates.ExpiredServer,
            _ => _certificates.WrongHostServer,
        };
        var tls = new DockerRegistryOptions { Certificate = certificate };
        await using RegistryPair registries = await RegistryPair.StartAsync(tls, tls);
        string line = await registries.AddAsync(SampleImages.DockerList("list"), "list");
        RegistryHost source = RegistryHost.Parse(registries.Source.Host);
        RegistryHost destination = RegistryHost.Parse(registries.Destination.Host);

        Expected.Error(ValidationReason.TlsFailure, "source registry {sourceHost}: GET /v2/library/list/manifests/v1: ", problem)
            .Check(await ValidateAsync(line));
        Expected.Error(ValidationReason.TlsFailure, "destination registry {destinationHost}: GET /v2/mirror/list/manifests/v1: ", problem)
            .Check(await ValidateAsync(line, source));
        Expected.Error(ValidationReason.TlsFailure, "source registry {sourceHost}: ", problem).Check(await ValidateAsync(line, destination));
        Expected.Passed(requests: 4).Check(await ValidateAsync(line, source, destination));
        Expected.Passed(requests: 4).Check(await ValidateAsync(line, RegistryHost.Parse("127.0.0.1")));
    }

    [RealRegistryFact]
    public async Task An_absent_image_is_not_told_where_the_certificate_is_not_trusted()
    {
        await using RegistryPair registries = await RegistryPair.StartAsync(destination: new DockerRegistryOptions { Certificate = _certificates.Server });
        await registries.PushAsync(SampleImages.DockerList("list"), "list");
        Expected.Error(ValidationReason.TlsFailure, "destination registry {destinationHost}: ").Check(await ValidateAsync(registries.Line("list")));
        Expected.DestinationNotFound.Check(await ValidateAsync(registries.Line("list"), RegistryHost.Parse(registries.Destination.Host)));
    }

    [RealRegistryFact]
    public async Task A_registry_that_wants_a_client_certificate_takes_the_right_one_only()
    {
        await using RegistryPair registries = await RegistryPair.StartAsync(destination: new DockerRegistryOptions
        {
            Certificate = _certificates.Server,
            ClientAuthority = _certificates.AuthorityPath,
        });
        string root = _directory["certs.d"];
        await registries.PushAsync(SampleImages.DockerList("list"), "list");
        await registries.MirrorAsync("list", new SkopeoCopyOptions
        {
            Destination = new SkopeoEndpoint
            {
                CertificateDirectory = _certificates.WriteCertificateDirectory(root, registries.Destination.Host, withClient: true),
            },
        });

        RegistryHost destination = RegistryHost.Parse(registries.Destination.Host);
        Expected.Error(
            ValidationReason.TlsFailure,
            "destination registry {destinationHost}: GET /v2/mirror/list/manifests/v1: the host asks for a client certificate, and none is kept for it (1 attempt)")
            .Check(await ValidateAsync(registries.Line("list"), destination));

        using var elsewhere = new TemporaryDirectory();
        string foreign = elsewhere["certs.d"];
        new TestCertificates(elsewhere.Path).WriteCertificateDirectory(foreign, registries.Destination.Host, withClient: true);
        using var stranger = new ValidationRun(ValidationRun.Quick with { CertificateDirectories = [foreign], InsecureRegistries = [destination] });
        Expected.Error(ValidationReason.TlsFailure, "destination registry {destinationHost}: ", "did not take the one that is kept for it")
            .Check(await stranger.ValidateAsync(registries.Line("list")));

        using var run = new ValidationRun(ValidationRun.Quick with { CertificateDirectories = [root] });
        Expected.Passed(requests: 4).Check(await run.ValidateAsync(registries.Line("list")));
    }

    private static async Task<MirrorImageResult> ValidateAsync(string line, params RegistryHost[] insecure)
    {
        using var run = new ValidationRun(ValidationRun.Quick with { InsecureRegistries = insecure });
        return await run.ValidateAsync(line);
    }
}
