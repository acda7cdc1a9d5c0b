using System.Security.Cryptography.X509Certificates;
using System.Text;
using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;

namespace MirrorValidate.Core.Tests.Registries.Transport;

/// <summary>The proxies of the environment, which a process reads once: each test is a process of its own.</summary>
public sealed class ProxyTests : IAsyncLifetime
{
    private static readonly X509Certificate2 Authority = CertificateFactory.CreateAuthority();

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("proxy");
    private EmbeddedRegistry _secure = null!;
    private EmbeddedRegistry _plain = null!;

    private string Certificates => Path.Combine(_directory.FullName, "certs.d");

    public async Task InitializeAsync()
    {
        X509Certificate2 certificate = CertificateFactory.CreateServer(Authority, ["registry.mirror.example", "auth.mirror.example"]);
        _secure = await EmbeddedRegistry.StartAsync(new EmbeddedRegistryOptions { ServerCertificate = certificate });
        _plain = await EmbeddedRegistry.StartAsync();
        foreach (EmbeddedRegistry registry in new[] { _secure, _plain }) SampleImages.DockerList("app").PutInto(registry.Store, "team/app", "1");
        foreach (string host in new[] { "registry.mirror.example", "auth.mirror.example" })
        {
            string directory = Directory.CreateDirectory(Path.Combine(Certificates, host)).FullName;
            await File.WriteAllTextAsync(Path.Combine(directory, "ca.crt"), Authority.ExportCertificatePem());
        }
    }

    public async Task DisposeAsync()
    {
        await _secure.DisposeAsync();
        await _plain.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    [Fact]
    public async Task Registries_are_reached_through_theproxy_and_this_machine_never_is()
    {
        await using ForwardProxy proxy = StartProxy();
        string output = await RunAsync(new() { ["HTTPS_PROXY"] = proxy.Address, ["HTTP_PROXY"] = proxy.Address }, $"registry.mirror.example/team/app {_plain.Host}/team/app 1");

        Assert.Contains("RESULT Passed None 4", output, StringComparison.Ordinal);
        Assert.All(proxy.Asked, line => Assert.Equal("CONNECT registry.mirror.example:443 HTTP/1.1", line));
        Assert.NotEmpty(proxy.Asked);
    }

    [Fact]
    public async Task A_realm_is_reached_through_aproxy_on_this_machine()
    {
        await using ForwardProxy proxy = StartProxy();
        _secure.Options.Authentication = new BearerAuthentication { Realm = "https://auth.mirror.example/token", Users = new Dictionary<string, string> { ["mirror"] = "correct horse" } };
        string auth = Convert.ToBase64String(Encoding.UTF8.GetBytes("mirror:correct horse"));
        await File.WriteAllTextAsync(Path.Combine(_directory.FullName, "config.json"), $"{{\"auths\":{{\"registry.mirror.example\":{{\"auth\":\"{auth}\"}}}}}}");

        string output = await RunAsync(
            new() { ["HTTPS_PROXY"] = proxy.Address, ["DOCKER_CONFIG"] = _directory.FullName }, $"registry.mirror.example/team/app {_plain.Host}/team/app 1");

        Assert.Contains("RESULT Passed None 6", output, StringComparison.Ordinal);
        Assert.Contains("CONNECT auth.mirror.example:443 HTTP/1.1", proxy.Asked);
        Assert.Contains("using the credential for source registry registry.mirror.example from ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("correct horse", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plain_registry_is_asked_by_the_absolute_form()
    {
        await using ForwardProxy proxy = StartProxy();
        string output = await RunAsync(
            new() { ["HTTPS_PROXY"] = proxy.Address, ["HTTP_PROXY"] = proxy.Address }, $"plain.mirror.example/team/app {_plain.Host}/team/app 1", "plain.mirror.example");

        Assert.Contains("RESULT Passed None 4", output, StringComparison.Ordinal);
        Assert.Contains(proxy.Asked, line => line == "GET http://plain.mirror.example/v2/team/app/manifests/1 HTTP/1.1");
    }

    [Fact]
    public async Task A_host_that_theproxy_does_not_reach_is_unavailable()
    {
        await using ForwardProxy proxy = StartProxy();
        string output = await RunAsync(new() { ["HTTPS_PROXY"] = proxy.Address }, $"gone.mirror.example/team/app {_plain.Host}/team/app 1");

        Assert.Contains("RESULT Error RegistryUnavailable", output, StringComparison.Ordinal);
        Assert.Contains("source registry gone.mirror.example: GET /v2/team/app/manifests/1: the proxy did not connect (502)", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_needs_noproxy_gets_none_and_a_password_for_theproxy_is_not_shown()
    {
        await using ForwardProxy proxy = StartProxy();
        string address = proxy.Address.Replace("http://", "http://user:hunter2hunter2@", StringComparison.Ordinal);
        string output = await RunAsync(
            new() { ["HTTPS_PROXY"] = address, ["NO_PROXY"] = "registry.mirror.example" }, "registry.mirror.example/team/app gone.mirror.example/team/app 1");

        Assert.Contains("source registry registry.mirror.example: GET /v2/team/app/manifests/1: the host name cannot be resolved", output, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", output, StringComparison.Ordinal);
        Assert.DoesNotContain(proxy.Asked, line => line.Contains("registry.mirror.example", StringComparison.Ordinal));
    }

    private ForwardProxy StartProxy() => new(authority => authority switch
    {
        "registry.mirror.example:443" or "auth.mirror.example:443" => _secure.Port,
        "plain.mirror.example" => _plain.Port,
        _ => null,
    });

    private async Task<string> RunAsync(Dictionary<string, string> environment, string line, params string[] insecure)
    {
        environment.TryAdd("DOCKER_CONFIG", Path.Combine(_directory.FullName, "none"));
        using var client = new ClientProcess(environment, directory: null, [line, Certificates, .. insecure]);
        return await client.EndAsync();
    }
}
