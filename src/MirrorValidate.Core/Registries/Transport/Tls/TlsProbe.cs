using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace MirrorValidate.Registries.Transport.Tls;

/// <summary>
/// Finds out whether a port speaks TLS, for hosts that may use plain HTTP. Sends a TLS hello and looks at the first
/// byte of the reply: a TLS server sends a handshake or an alert record (RFC 8446, section 5.1), an HTTP server sends
/// text. Cheaper than a handshake, and a rejected certificate cannot be mistaken for plain HTTP.
/// </summary>
internal static class TlsProbe
{
    private const byte AlertRecord = 0x15;
    private const byte HandshakeRecord = 0x16;

    /// <summary>How long to wait for a reply.</summary>
    private static readonly TimeSpan ReplyTimeout = TimeSpan.FromSeconds(10);

    private static readonly byte[] CipherSuites = [0xC0, 0x2F, 0xC0, 0x30, 0xC0, 0x2B, 0x00, 0x9C];

    private static readonly byte[] Extensions =
    [
        // Supported groups. The type is a line feed, so that an HTTP server which reads lines replies too.
        0x00, 0x0A, 0x00, 0x06, 0x00, 0x04, 0x00, 0x1D, 0x00, 0x17,
        // Point formats, signature algorithms.
        0x00, 0x0B, 0x00, 0x02, 0x01, 0x00,
        0x00, 0x0D, 0x00, 0x0A, 0x00, 0x08, 0x04, 0x03, 0x08, 0x04, 0x04, 0x01, 0x02, 0x01,
    ];

    /// <summary>Probes a port.</summary>
    /// <returns>Whether it speaks TLS; <see langword="null"/> if it did not reply.</returns>
    /// <exception cref="SocketException">No connection.</exception>
    internal static async Task<bool?> SpeaksTlsAsync(string host, int port, CancellationToken cancellationToken)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(host, port, cancellationToken).ConfigureAwait(false);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(ReplyTimeout);
        try
        {
            await socket.SendAsync(ClientHello(host), SocketFlags.None, timeout.Token).ConfigureAwait(false);
            byte[] answer = new byte[1];
            int count = await socket.ReceiveAsync(answer, SocketFlags.None, timeout.Token).ConfigureAwait(false);
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

    // RFC 5246, section 7.4.1.2, with the server name (RFC 6066, section 3), which some servers require.
    private static byte[] ClientHello(string host)
    {
        byte[] extensions = IPAddress.TryParse(host, out _) ? Extensions : [.. ServerName(host), .. Extensions];
        byte[] hello =
        [
            0x03, 0x03, .. RandomNumberGenerator.GetBytes(32),
            0x00,
            .. Length(CipherSuites.Length), .. CipherSuites,
            0x01, 0x00,
            .. Length(extensions.Length), .. extensions,
        ];
        return
        [
            HandshakeRecord, 0x03, 0x01, .. Length(hello.Length + 4),
            0x01, 0x00, .. Length(hello.Length), .. hello,
        ];
    }

    private static byte[] ServerName(string host)
    {
        byte[] name = Encoding.ASCII.GetBytes(host);
        return
        [
            0x00, 0x00, .. Length(name.Length + 5), .. Length(name.Length + 3),
            0x00, .. Length(name.Length), .. name,
        ];
    }

    private static byte[] Length(int value)
    {
        byte[] bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)value);
        return bytes;
    }
}
