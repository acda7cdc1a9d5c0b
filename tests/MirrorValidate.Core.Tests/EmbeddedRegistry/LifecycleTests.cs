using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;

namespace MirrorValidate.Core.Tests.Embedded;

public sealed class LifecycleTests : RegistryTest
{
    private const string Path = "/v2/a/manifests/1";

    [Fact]
    public async Task Stop_cuts_requests_off_and_restart_serves_the_same_on_the_same_port()
    {
        SampleImages.Image("a").PutInto(Store, "a", "1");
        var host = Registry.Host;
        var fault = Registry.Faults.Add(new Fault { HangForever = true });
        var hanging = Client.GetAsync(Path);
        await Patience.UntilAsync(() => fault.Hits > 0);

        await Registry.StopAsync().WaitAsync(Patience.Long);

        await Assert.ThrowsAsync<HttpRequestException>(() => hanging);
        await Assert.ThrowsAsync<HttpRequestException>(() => Client.GetAsync(Path));
        Assert.False(Registry.IsRunning);

        Registry.Faults.Clear();
        await Registry.RestartAsync();

        Assert.Equal(host, Registry.Host);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Get, Path)).StatusCode);
    }

    [Fact]
    public async Task Stop_and_dispose_may_be_repeated()
    {
        await Registry.StopAsync();
        await Registry.StopAsync();
        Assert.False(Registry.IsRunning);

        await Registry.DisposeAsync();
        await Registry.DisposeAsync();
    }

    [Fact]
    public async Task Port_that_is_taken_is_an_error() =>
        await Assert.ThrowsAsync<IOException>(() => EmbeddedRegistry.StartAsync(new EmbeddedRegistryOptions { Port = Registry.Port }));

    [SkippableTheory]
    [InlineData("127.0.0.2", "127.0.0.2:")]
    [InlineData("::1", "[::1]:")]
    public async Task Other_loopback_addresses_are_other_hosts(string address, string prefix)
    {
        EmbeddedRegistry other;
        try
        {
            other = await EmbeddedRegistry.StartAsync(new EmbeddedRegistryOptions { Address = IPAddress.Parse(address) });
        }
        catch (Exception exception) when (exception is IOException or System.Net.Sockets.SocketException)
        {
            throw new SkipException($"{address} cannot be bound here: {exception.Message}");
        }

        await using (other)
        {
            using var client = CreateClient(other);
            using var response = await client.GetAsync("/v2/");

            Assert.StartsWith(prefix, other.Host, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    [Theory]
    [InlineData(true, "HTTP/2")]
    [InlineData(false, "HTTP/1.1")]
    public async Task Tls_speaks_the_protocol_told(bool http2, string protocol)
    {
        using var authority = CertificateFactory.CreateAuthority();
        using var certificate = CertificateFactory.CreateServer(authority, ["127.0.0.1", "localhost"]);
        await using var registry = await EmbeddedRegistry.StartAsync(
            new EmbeddedRegistryOptions { ServerCertificate = certificate, Http2 = http2 });
        using var client = CreateClient(registry, Trusting(authority));
        client.DefaultRequestVersion = HttpVersion.Version20;
        client.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionOrLower;

        using var response = await client.GetAsync("/v2/");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(protocol, Assert.Single(registry.Requests.Snapshot()).Protocol);
        Assert.Equal("https", registry.BaseAddress.Scheme);
    }

    [Fact]
    public async Task Cut_off_and_abort_work_over_http2()
    {
        using var authority = CertificateFactory.CreateAuthority();
        using var certificate = CertificateFactory.CreateServer(authority, ["127.0.0.1"]);
        await using var registry = await EmbeddedRegistry.StartAsync(new EmbeddedRegistryOptions { ServerCertificate = certificate });
        SampleImages.Image("a").PutInto(registry.Store, "a", "1");
        registry.Faults.Add(new Fault { CutOffAfter = 5, Times = 1 });
        registry.Faults.Add(new Fault { AbortConnection = true, Times = 1 });
        using var client = CreateClient(registry, Trusting(authority));
        client.DefaultRequestVersion = HttpVersion.Version20;

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => client.GetByteArrayAsync(Path));
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => client.GetByteArrayAsync(Path));

        Assert.NotEmpty(await client.GetByteArrayAsync(Path));
    }

    [Theory]
    [InlineData("unknown issuer", SslPolicyErrors.RemoteCertificateChainErrors)]
    [InlineData("other host", SslPolicyErrors.RemoteCertificateNameMismatch)]
    [InlineData("expired", SslPolicyErrors.RemoteCertificateChainErrors)]
    public async Task Bad_certificates_are_bad_in_the_way_told(string kind, SslPolicyErrors expected)
    {
        using var authority = CertificateFactory.CreateAuthority();
        using var certificate = kind switch
        {
            "unknown issuer" => CertificateFactory.CreateServer(null, ["127.0.0.1"]),
            "other host" => CertificateFactory.CreateServer(authority, ["registry.example"]),
            _ => CertificateFactory.CreateServer(authority, ["127.0.0.1"], DateTimeOffset.UtcNow.AddDays(-9), DateTimeOffset.UtcNow.AddDays(-2)),
        };
        await using var registry = await EmbeddedRegistry.StartAsync(new EmbeddedRegistryOptions { ServerCertificate = certificate });
        var seen = SslPolicyErrors.None;
        var handler = Trusting(authority);
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, errors) =>
        {
            seen = errors;
            return errors == SslPolicyErrors.None;
        };
        using var client = CreateClient(registry, handler);

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync("/v2/"));

        Assert.Equal(expected, seen);
    }

    [Fact]
    public async Task Client_certificate_is_wanted_and_its_issuer_checked()
    {
        using var authority = CertificateFactory.CreateAuthority();
        using var stranger = CertificateFactory.CreateAuthority("stranger");
        using var certificate = CertificateFactory.CreateServer(authority, ["127.0.0.1"]);
        await using var registry = await EmbeddedRegistry.StartAsync(new EmbeddedRegistryOptions
        {
            ServerCertificate = certificate,
            RequireClientCertificate = true,
            ClientCertificateAuthority = authority,
        });

        using var known = CertificateFactory.CreateClient(authority);
        using var unknown = CertificateFactory.CreateClient(stranger);

        Assert.True(await IsLetInAsync(known));
        Assert.False(await IsLetInAsync(unknown));
        Assert.False(await IsLetInAsync(null));

        async Task<bool> IsLetInAsync(X509Certificate2? own)
        {
            var handler = Trusting(authority);
            handler.SslOptions.ClientCertificates = own is null ? [] : [own];
            using var client = CreateClient(registry, handler);
            try
            {
                using var response = await client.GetAsync("/v2/");
                return response.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }
    }

    private static SocketsHttpHandler Trusting(X509Certificate2 authority) => new()
    {
        SslOptions = new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { authority },
                RevocationMode = X509RevocationMode.NoCheck,
            },
        },
    };
}
