using System.Net.Sockets;

namespace MirrorValidate.Registries.Transport.Tls;

/// <summary>Chooses between HTTPS and plain HTTP for a host for which either will do: HTTPS where the host speaks it.</summary>
internal static class SchemeChoice
{
    /// <summary>Tries a host.</summary>
    /// <returns>Whether it speaks TLS; <see langword="null"/> where it said nothing.</returns>
    /// <exception cref="SocketException">The host cannot be reached.</exception>
    internal static async Task<bool?> SpeaksTlsAsync(RegistryEndpoint endpoint, CancellationToken cancellationToken)
    {
        var https = new Uri($"https://{endpoint.Authority}/");
        if (!endpoint.Host.IsLoopback && IsProxied(https))
            return await AnswersAsync(endpoint, https, cancellationToken).ConfigureAwait(false);
        try
        {
            return await TlsProbe.SpeaksTlsAsync(https.IdnHost, https.Port, cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused && endpoint.Host.Port is null)
        {
            // Nothing on the TLS port: whether anything answers on the plain one, the request itself will tell.
            return false;
        }
    }

    private static bool IsProxied(Uri uri) => !HttpClient.DefaultProxy.IsBypassed(uri) && HttpClient.DefaultProxy.GetProxy(uri) is not null;

    // Behind a proxy only a request tells whether TLS gets through. A certificate that is refused is TLS too.
    private static async Task<bool> AnswersAsync(RegistryEndpoint endpoint, Uri address, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, "/v2/"));
            using HttpResponseMessage response = await endpoint.SendAsync(request, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (RegistryException e) when (e.Fault is RegistryFault.Unavailable)
        {
            return false;
        }
        catch (RegistryException e) when (e.Fault is RegistryFault.TlsFailure)
        {
            return true;
        }
    }
}
