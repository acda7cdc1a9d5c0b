using System.Net;
using System.Net.Security;
using MirrorValidate.References;
using MirrorValidate.Registries.Transport.Proxies;
using MirrorValidate.Registries.Transport.Tls;

namespace MirrorValidate.Registries.Transport;

/// <summary>The connections to one host, its certificates and those of this client included.</summary>
internal sealed class HostConnections : IDisposable
{
    private readonly HttpMessageInvoker _invoker;
    private readonly HostCertificates _kept;
    private readonly CertificateCheck _certificates;

    /// <param name="authority">The <c>host[:port]</c> to connect to.</param>
    /// <param name="host">The host as references name it.</param>
    /// <param name="options">Certificates, and which hosts may do without valid ones.</param>
    /// <param name="policy">The addresses that may be connected to; <see langword="null"/> for any.</param>
    /// <param name="proxies">The proxies, which this machine itself is never reached through.</param>
    /// <exception cref="RegistryException">A certificate that is kept for the host cannot be read.</exception>
    internal HostConnections(
        string authority, RegistryHost host, RegistryOptions options, AddressPolicy? policy, ProxySettings proxies)
    {
        _kept = HostCertificates.Read([authority, host.Name], options.CertificateDirectories);
        _certificates = new CertificateCheck(options.IsInsecure(host), _kept.Authorities);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            UseProxy = !host.IsLoopback,
            Proxy = proxies,
            ConnectTimeout = TimeSpan.FromSeconds(15),
            EnableMultipleHttp2Connections = true,
            MaxResponseHeadersLength = 64,
            // To reuse a connection, at most this much of an unread body is read.
            MaxResponseDrainSize = 64 * 1024,
            ResponseDrainTimeout = TimeSpan.FromMilliseconds(500),
            ActivityHeadersPropagator = null,
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = _certificates.Validate,
            },
        };
        _kept.ShowClient(handler.SslOptions, _certificates.SelectClient);
        if (policy is not null)
        {
            string own = new Uri($"https://{authority}/").IdnHost.Trim('[', ']');
            // A connection to another name is one to the user's proxy, which resolves the host itself.
            handler.ConnectCallback = (context, token) =>
                context.DnsEndPoint.Host.Trim('[', ']').Equals(own, StringComparison.OrdinalIgnoreCase)
                    ? policy.ConnectAsync(context.DnsEndPoint, token)
                    : AddressPolicy.ConnectAnywhereAsync(context.DnsEndPoint, token);
        }

        _invoker = new HttpMessageInvoker(handler);
    }

    /// <summary>Sends a request; returns once the headers of the response have arrived.</summary>
    /// <exception cref="RegistryException">No response; the message is a clause.</exception>
    internal async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            HttpResponseMessage response = await _invoker.SendAsync(request, cancellationToken).ConfigureAwait(false);
            _certificates.NoteResponse();
            return response;
        }
        catch (Exception e) when (FaultTranslator.IsConnectionFault(e))
        {
            throw FaultTranslator.FromException(e, _certificates);
        }
    }

    public void Dispose()
    {
        _invoker.Dispose();
        _kept.Dispose();
    }
}
