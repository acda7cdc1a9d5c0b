using System.Net.Sockets;

namespace MirrorValidate.Registries.Transport.Tls;

/// <summary>
/// Finds out whether a port speaks TLS, for hosts that may speak plain HTTP. Sends the start of a handshake and looks at the
/// first byte of the answer: a TLS server replies with a handshake or an alert record (RFC 8446, section 5.1), an HTTP server
/// with text. Cheaper than a handshake, and unlike a failed one it cannot mistake a rejected certificate for plain HTTP.
/// </summary>
internal static class TlsProbe
{
    private const byte AlertRecord = 0x15;
    private const byte HandshakeRecord = 0x16;

    /// <summary>How long a server may think about the handshake before it counts as one that does not answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // A TLS 1.2 ClientHello. It holds a line feed (in "supported groups"), so that an HTTP server that reads lines answers too.
    private static readonly byte[] ClientHello =
    [
        0x16, 0x03, 0x01, 0x00, 0x53,
        0x01, 0x00, 0x00, 0x4F, 0x03, 0x03,
        .. new byte[32],
        0x00,
        0x00, 0x08, 0xC0, 0x2F, 0xC0, 0x30, 0xC0, 0x2B, 0x00, 0x9C,
        0x01, 0x00,
        0x00, 0x1E,
        0x00, 0x0A, 0x00, 0x06, 0x00, 0x04, 0x00, 0x1D, 0x00, 0x17,
        0x00, 0x0B, 0x00, 0x02, 0x01, 0x00,
        0x00, 0x0D, 0x00, 0x0A, 0x00, 0x08, 0x04, 0x03, 0x08, 0x04, 0x04, 0x01, 0x02, 0x01,
    ];

    /// <summary>Asks a port.</summary>
    /// <returns>Whether it speaks TLS; <see langword="null"/> where it took the connection and did not answer.</returns>
    /// <exception cref="SocketException">No connection.</exception>
    internal static async Task<bool?> SpeaksTlsAsync(string host, int port, CancellationToken cancellationToken)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(host, port, cancellationToken).ConfigureAwait(false);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await socket.SendAsync(ClientHello, SocketFlags.None, patience.Token).ConfigureAwait(false);
            byte[] answer = new byte[1];
            int count = await socket.ReceiveAsync(answer, SocketFlags.None, patience.Token).ConfigureAwait(false);
            return count == 0 ? null : answer[0] is HandshakeRecord or AlertRecord;
        }
        catch (SocketException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
