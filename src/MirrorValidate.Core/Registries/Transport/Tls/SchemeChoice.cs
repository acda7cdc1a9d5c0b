using System.Net.Sockets;
using MirrorValidate.References;

namespace MirrorValidate.Registries.Transport.Tls;

/// <summary>Chooses between HTTPS and plain HTTP for a host that may use either: HTTPS if the host speaks it.</summary>
internal static class SchemeChoice
{
    /// <summary>Finds out whether a host speaks TLS.</summary>
    /// <param name="https">The HTTPS address of the host.</param>
    /// <param name="host">The host as references name it.</param>
    /// <param name="throughProxy">
    /// The connections to the host if they go through a proxy; <see langword="null"/> if it is connected to directly.
    /// </param>
    /// <param name="cancellationToken">Cancels the connection.</param>
    /// <returns>Whether it speaks TLS; <see langword="null"/> if it answered nothing.</returns>
    /// <exception cref="SocketException">The host cannot be reached.</exception>
    internal static async Task<bool?> SpeaksTlsAsync(
        Uri https, RegistryHost host, Lazy<HostConnections>? throughProxy, CancellationToken cancellationToken)
    {
        if (throughProxy is not null)
            return await AnswersAsync(throughProxy.Value, https, cancellationToken).ConfigureAwait(false);
        try
        {
            return await TlsProbe.SpeaksTlsAsync(https.IdnHost, https.Port, cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused && host.Port is null)
        {
            // Nothing listens on port 443. Whether anything does on port 80, the request itself will show.
            return false;
        }
    }

    // Behind a proxy only a request shows whether TLS gets through. A refused certificate is TLS too.
    private static async Task<bool> AnswersAsync(
        HostConnections connections, Uri address, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, "/v2/"));
            using HttpResponseMessage response =
                await connections.SendAsync(request, cancellationToken).ConfigureAwait(false);
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
