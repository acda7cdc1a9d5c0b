using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MirrorValidate.Core.Tests.Registries;

/// <summary>A server on loopback that is not bound to any protocol: what it does with a connection is the test's.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly Func<NetworkStream, CancellationToken, Task> _serve;
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly Task _accepting;

    internal RawServer(Func<NetworkStream, CancellationToken, Task> serve, IPAddress? address = null)
    {
        _serve = serve;
        _listener = new TcpListener(address ?? IPAddress.Loopback, 0);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Answers each request with the same bytes, and closes.</summary>
    internal RawServer(Func<string, string> answer)
    {
        _serve = async (stream, token) =>
        {
            string head = await ReadHeadAsync(stream, token);
            _requests.Enqueue(head);
            await stream.WriteAsync(Encoding.Latin1.GetBytes(answer(head)), token);
        };
        _listener = new TcpListener(IPAddress.Loopback, 0);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    internal string Host => _listener.LocalEndpoint.ToString()!;

    internal int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The heads of the requests so far.</summary>
    internal IReadOnlyList<string> Requests => [.. _requests];

    /// <summary>Reads a request up to the blank line; what is no text is read as if it were.</summary>
    internal static async Task<string> ReadHeadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var head = new StringBuilder();
        byte[] one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one, cancellationToken) == 1)
        {
            head.Append((char)one[0]);
            // The start of a TLS handshake: a server of plain text answers it at the end of the line.
            if (head[0] == '\x16' && one[0] == '\n') break;
        }

        return head.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await _serve(client.GetStream(), _end.Token);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or SocketException)
            {
                // The client has left, or the test is over.
            }
        }
    }
}
