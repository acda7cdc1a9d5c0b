using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;

namespace MirrorValidate.Core.Tests.Registries;

/// <summary>
/// An HTTP proxy on loopback: CONNECT and the absolute form (RFC 9110, section 9.3.6; RFC 9112, section 3.2.2). Whatever host is asked
/// for, it connects to where the test says.
/// </summary>
internal sealed class ForwardProxy : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _asked = new();
    private readonly RawServer _server;

    /// <param name="route">The loopback port for a <c>host[:port]</c>; <see langword="null"/> is refused.</param>
    internal ForwardProxy(Func<string, int?> route) => _server = new RawServer((stream, token) => ServeAsync(stream, route, token));

    /// <summary>What it answers itself to what it does not reach.</summary>
    internal string Refusal { get; set; } = "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n";

    internal string Address => $"http://{_server.Host}";

    /// <summary>The request lines so far.</summary>
    internal IReadOnlyList<string> Asked => [.. _asked];

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task ServeAsync(NetworkStream client, Func<string, int?> route, CancellationToken cancellationToken)
    {
        string head = await RawServer.ReadHeadAsync(client, cancellationToken);
        if (head.Length == 0) return;
        string line = head[..head.IndexOf('\r', StringComparison.Ordinal)];
        _asked.Enqueue(line);
        string[] parts = line.Split(' ');
        bool isTunnel = parts[0] == "CONNECT";
        Uri? target = isTunnel ? null : new Uri(parts[1]);
        if (route(isTunnel ? parts[1] : target!.Authority) is not { } port)
        {
            await client.WriteAsync(Encoding.Latin1.GetBytes(Refusal), cancellationToken);
            return;
        }

        using var upstream = new TcpClient();
        await upstream.ConnectAsync("127.0.0.1", port, cancellationToken);
        NetworkStream server = upstream.GetStream();
        if (isTunnel)
        {
            await client.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), cancellationToken);
        }
        else
        {
            // One request a connection.
            string forwarded = head.Replace(parts[1], target!.PathAndQuery, StringComparison.Ordinal).Replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n", StringComparison.Ordinal);
            await server.WriteAsync(Encoding.Latin1.GetBytes(forwarded), cancellationToken);
        }

        await Task.WhenAny(client.CopyToAsync(server, cancellationToken), server.CopyToAsync(client, cancellationToken));
    }
}
