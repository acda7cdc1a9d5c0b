using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MirrorValidate.Embedded;
using MirrorValidate.Registries.Transport.Tls;

namespace MirrorValidate.Core.Tests.Registries.Transport;

public sealed class TlsProbeTests
{
    private static readonly X509Certificate2 Certificate = CertificateFactory.CreateServer(null, ["127.0.0.1"]);

    [Theory]
    [InlineData(SslProtocols.Tls12, "127.0.0.1")]
    [InlineData(SslProtocols.Tls13, "127.0.0.1")]
    [InlineData(SslProtocols.Tls12 | SslProtocols.Tls13, "localhost")]
    public async Task A_server_of_any_version_speaks_TLS(SslProtocols protocols, string host)
    {
        await using var server = new RawServer(async (stream, token) =>
        {
            await using var tls = new SslStream(stream);
            try
            {
                await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = Certificate, EnabledSslProtocols = protocols }, token);
            }
            catch (AuthenticationException)
            {
                // It has refused the hello, by an alert.
            }
        });

        Assert.True(await TlsProbe.SpeaksTlsAsync(host, server.Port, default));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_server_that_wants_a_client_certificate_speaks_TLS(bool http2)
    {
        await using EmbeddedRegistry registry = await EmbeddedRegistry.StartAsync(
            new EmbeddedRegistryOptions { ServerCertificate = Certificate, RequireClientCertificate = true, Http2 = http2 });

        Assert.True(await TlsProbe.SpeaksTlsAsync("127.0.0.1", registry.Port, default));
    }

    [Fact]
    public async Task A_server_that_knows_its_own_name_only_is_told_it()
    {
        string? asked = null;
        await using var server = new RawServer(async (stream, token) =>
        {
            await using var tls = new SslStream(stream);
            await tls.AuthenticateAsServerAsync(
                (_, hello, _, _) =>
                {
                    asked = hello.ServerName;
                    return new ValueTask<SslServerAuthenticationOptions>(new SslServerAuthenticationOptions { ServerCertificate = Certificate });
                },
                state: null,
                token);
        });

        Assert.True(await TlsProbe.SpeaksTlsAsync("localhost", server.Port, default));
        Assert.Equal("localhost", asked);
    }

    [Fact]
    public async Task A_server_of_plain_HTTP_does_not()
    {
        await using EmbeddedRegistry registry = await EmbeddedRegistry.StartAsync();

        Assert.NotEqual(true, await TlsProbe.SpeaksTlsAsync("127.0.0.1", registry.Port, default));
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n", false)]
    [InlineData("SSH-2.0-OpenSSH\r\n", false)]
    [InlineData("\u0015\u0003\u0001\u0000\u0002\u0002\u0028", true)]
    [InlineData("\u0016\u0003\u0003", true)]
    [InlineData("", null)]
    public async Task The_first_byte_tells(string answer, bool? speaksTls)
    {
        await using var server = new RawServer(async (stream, token) =>
        {
            await stream.ReadAtLeastAsync(new byte[512], minimumBytes: 1, throwOnEndOfStream: false, token);
            await stream.WriteAsync(Encoding.Latin1.GetBytes(answer), token);
        });

        Assert.Equal(speaksTls, await TlsProbe.SpeaksTlsAsync("127.0.0.1", server.Port, default));
    }

    [Fact]
    public async Task Nobody_there_is_no_answer()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        await Assert.ThrowsAsync<SocketException>(() => TlsProbe.SpeaksTlsAsync("127.0.0.1", port, default));
    }
}
