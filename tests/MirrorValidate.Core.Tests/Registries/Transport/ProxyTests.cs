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
    public async Task A_realm_is_reached_through_a_proxy_on_this_machine()
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
    public async Task A_token_server_on_plain_HTTP_may_redirect_to_HTTPS_and_gets_the_password_there()
    {
        await using ForwardProxy proxy = StartProxy();
        var users = new Dictionary<string, string> { ["mirror"] = "correct horse" };
        _secure.Options.Authentication =
            new BearerAuthentication { Realm = "http://auth.mirror.example/token", Users = users };
        _plain.Faults.Add(new Fault { Path = "/token", RedirectTo = "https://auth.mirror.example{path}" });
        string auth = Convert.ToBase64String(Encoding.UTF8.GetBytes("mirror:correct horse"));
        await File.WriteAllTextAsync(
            Path.Combine(_directory.FullName, "config.json"),
            $"{{\"auths\":{{\"registry.mirror.example\":{{\"auth\":\"{auth}\"}}}}}}");
        var environment = new Dictionary<string, string>
        {
            ["HTTPS_PROXY"] = proxy.Address,
            ["HTTP_PROXY"] = proxy.Address,
            ["DOCKER_CONFIG"] = _directory.FullName,
        };

        string line = $"registry.mirror.example/team/app {_plain.Host}/team/app 1";
        string output = await RunAsync(environment, line, "auth.mirror.example");

        Assert.Contains("RESULT Passed None 7", output, StringComparison.Ordinal);
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

    [Theory]
    [InlineData("registry.mirror.example")]
    [InlineData("mirror.example")]
    [InlineData(".mirror.example")]
    [InlineData("other.example, *.mirror.example:443")]
    [InlineData("*")]
    public async Task Exceptions_are_read_as_Go_tools_read_them(string exceptions)
    {
        await using ForwardProxy proxy = StartProxy();
        string output = await RunAsync(new() { ["HTTPS_PROXY"] = proxy.Address, ["NO_PROXY"] = exceptions }, $"registry.mirror.example/team/app {_plain.Host}/team/app 1");

        Assert.Contains("the host name cannot be resolved (1 attempt)", output, StringComparison.Ordinal);
        Assert.Empty(proxy.Asked);
    }

    [Theory]
    [InlineData("registry.mirror.example:5000")]
    [InlineData(".registry.mirror.example")]
    [InlineData("10.0.0.0/8,ror.example")]
    public async Task What_is_no_exception_goes_through_the_proxy(string exceptions)
    {
        await using ForwardProxy proxy = StartProxy();
        string output = await RunAsync(new() { ["HTTPS_PROXY"] = proxy.Address, ["NO_PROXY"] = exceptions }, $"registry.mirror.example/team/app {_plain.Host}/team/app 1");

        Assert.Contains("RESULT Passed None 4", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"p\"\r\nContent-Length: 0\r\n\r\n", "407", "it wants a user and a password")]
    [InlineData("HTTP/1.1 403 Forbidden\r\nX-Squid-Error: ERR_ACCESS_DENIED 0\r\nVia: 1.1 cache (squid/5.7)\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>", "403", "")]
    [InlineData("HTTP/1.1 403 Forbidden\r\nVia: 1.1 cache\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>", "403", "")]
    [InlineData("HTTP/1.1 404 Not Found\r\nX-Squid-Error: ERR_NONE 0\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>", "404", "")]
    [InlineData("HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nContent-Length: 36\r\n\r\n<html>Blocked by the proxy of the firm", "404", "")]
    [InlineData("HTTP/1.1 503 Service Unavailable\r\nProxy-Status: cache; error=dns_error\r\nContent-Length: 0\r\n\r\n", "503", "")]
    public async Task What_the_proxy_answers_itself_is_told_as_its_answer(string refusal, string status, string says)
    {
        await using ForwardProxy proxy = StartProxy();
        proxy.Refusal = refusal;
        var environment = new Dictionary<string, string> { ["HTTPS_PROXY"] = proxy.Address, ["HTTP_PROXY"] = proxy.Address };
        string tunnelled = await RunAsync(environment, $"gone.mirror.example/team/app {_plain.Host}/team/app 1");
        string plain = await RunAsync(environment, $"gone.mirror.example/team/app {_plain.Host}/team/app 1", "gone.mirror.example");

        Assert.Contains("RESULT Error RegistryUnavailable", tunnelled, StringComparison.Ordinal);
        Assert.Contains($"the proxy did not connect ({status})", tunnelled, StringComparison.Ordinal);
        Assert.Contains("RESULT Error RegistryUnavailable", plain, StringComparison.Ordinal);
        Assert.Contains($"GET /v2/team/app/manifests/1: the proxy answered {status} ", plain, StringComparison.Ordinal);
        foreach (string output in new[] { tunnelled, plain })
        {
            Assert.Contains(says, output, StringComparison.Ordinal);
            Assert.Contains($"(1 attempt, through the proxy {proxy.Address})", output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_page_with_a_404_through_a_proxy_where_no_registry_answers_is_none()
    {
        await using ForwardProxy proxy = StartProxy();
        proxy.Refusal = "HTTP/1.1 404 Not Found\r\nVia: 1.1 cache\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>";
        string output = await RunAsync(
            new() { ["HTTPS_PROXY"] = proxy.Address, ["HTTP_PROXY"] = proxy.Address }, $"gone.mirror.example/team/app {_plain.Host}/team/app 1", "gone.mirror.example");

        Assert.Contains("RESULT Error NotARegistry", output, StringComparison.Ordinal);
        Assert.Contains($"through the proxy {proxy.Address})", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("registry.mirror.example")]
    [InlineData("plain.mirror.example")]
    public async Task What_a_registry_answers_through_a_proxy_is_the_registrys_and_names_the_proxy(string host)
    {
        await using ForwardProxy proxy = StartProxy();
        string output = await RunAsync(
            new() { ["HTTPS_PROXY"] = proxy.Address, ["HTTP_PROXY"] = proxy.Address }, $"{host}/team/none {_plain.Host}/team/app 1", "plain.mirror.example");

        Assert.Contains("RESULT Error SourceNotFound", output, StringComparison.Ordinal);
        Assert.Contains("404 Not Found: MANIFEST_UNKNOWN", output, StringComparison.Ordinal);
        Assert.Contains($"(1 attempt, through the proxy {proxy.Address})", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxy_that_is_not_there_is_told_as_that()
    {
        string output = await RunAsync(new() { ["HTTPS_PROXY"] = "http://user:hunter2hunter2@127.0.0.1:1" }, $"registry.mirror.example/team/app {_plain.Host}/team/app 1");

        Assert.Contains("the proxy was not reached: the connection was refused (1 attempt, through the proxy http://127.0.0.1:1)", output, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", output, StringComparison.Ordinal);
    }

    private ForwardProxy StartProxy() => new(authority => authority switch
    {
        "registry.mirror.example:443" or "auth.mirror.example:443" => _secure.Port,
        "plain.mirror.example" or "auth.mirror.example" => _plain.Port,
        _ => null,
    });

    private async Task<string> RunAsync(Dictionary<string, string> environment, string line, params string[] insecure)
    {
        environment.TryAdd("DOCKER_CONFIG", Path.Combine(_directory.FullName, "none"));
        using var client = new ClientProcess(environment, directory: null, [line, Certificates, .. insecure]);
        return await client.EndAsync();
    }
}
