using System.Net;
using System.Net.Security;
using MirrorValidate.References;
using MirrorValidate.Registries.Transport.Tls;

namespace MirrorValidate.Registries.Transport;

/// <summary>The connections to one host: how it proves who it is, what this client shows, and what is not left to the handler.</summary>
internal sealed class HostConnections : IDisposable
{
    /// <exception cref="RegistryException">A certificate that is kept for the host cannot be read.</exception>
    internal HostConnections(string authority, RegistryHost host, RegistryOptions options, AddressPolicy? policy)
    {
        HostCertificates kept = HostCertificates.Read([authority, host.Name], options.CertificateDirectories);
        Certificates = new CertificateCheck(options.IsInsecure(host), kept.Authorities);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            // This machine is never reached through a proxy, whatever the environment says of others.
            UseProxy = !host.IsLoopback,
            ConnectTimeout = TimeSpan.FromSeconds(15),
            EnableMultipleHttp2Connections = true,
            MaxResponseHeadersLength = 64,
            // Of a body that is not wanted to its end, no more is read than a connection is worth.
            MaxResponseDrainSize = 64 * 1024,
            ResponseDrainTimeout = TimeSpan.FromMilliseconds(500),
            ActivityHeadersPropagator = null,
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = Certificates.Validate },
        };
        kept.ShowClient(handler.SslOptions, Certificates.SelectClient);
        if (policy is not null)
        {
            string own = new Uri($"https://{authority}/").IdnHost.Trim('[', ']');
            // What is connected to under another name is the user's proxy, which resolves the host itself.
            handler.ConnectCallback = (context, token) => context.DnsEndPoint.Host.Trim('[', ']').Equals(own, StringComparison.OrdinalIgnoreCase)
                ? policy.ConnectAsync(context.DnsEndPoint, token)
                : AddressPolicy.ConnectAnywhereAsync(context.DnsEndPoint, token);
        }

        Invoker = new HttpMessageInvoker(handler);
    }

    internal HttpMessageInvoker Invoker { get; }

    internal CertificateCheck Certificates { get; }

    public void Dispose() => Invoker.Dispose();
}
