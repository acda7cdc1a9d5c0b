using System.Net;
using System.Net.Sockets;

namespace MirrorValidate.Registries.Transport;

/// <summary>
/// Which addresses may be connected to on the word of a registry, as the realm of a token or the target of a redirect. Checked
/// after the name was resolved, so that no name hides an address (GHSA-qvqc-4c52-x6qp).
/// </summary>
/// <param name="allowLoopback">Whether this machine may be named: by a registry that runs on it.</param>
internal sealed class AddressPolicy(bool allowLoopback)
{
    // Metadata services of clouds that do not answer on a link-local address.
    private static readonly HashSet<IPAddress> MetadataAddresses =
        [IPAddress.Parse("fd00:ec2::254"), IPAddress.Parse("100.100.100.200"), IPAddress.Parse("168.63.129.16"), IPAddress.Parse("192.0.0.192")];

    /// <summary>Why an address may not be connected to; <see langword="null"/> where it may.</summary>
    internal string? Refuse(IPAddress address)
    {
        IPAddress plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (IPAddress.IsLoopback(plain)) return allowLoopback ? null : "is this machine";
        if (plain.Equals(IPAddress.Any) || plain.Equals(IPAddress.IPv6Any)) return "is this machine";
        if (MetadataAddresses.Contains(plain)) return "is a metadata service's";
        if (plain.IsIPv6LinkLocal || plain.IsIPv6Multicast) return "is link-local";
        if (plain.AddressFamily != AddressFamily.InterNetwork) return null;
        byte[] bytes = plain.GetAddressBytes();
        return bytes[0] switch
        {
            169 when bytes[1] == 254 => "is link-local",
            0 => "is this machine",
            >= 224 => "is no host's",
            _ => null,
        };
    }

    /// <summary>Resolves a name and connects to the first of its addresses that may be and answers.</summary>
    /// <exception cref="RegistryException">None of the addresses may be connected to.</exception>
    internal async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        DnsEndPoint target = context.DnsEndPoint;
        IPAddress[] addresses = await Dns.GetHostAddressesAsync(target.Host, cancellationToken).ConfigureAwait(false);
        IPAddress[] allowed = [.. addresses.Where(address => Refuse(address) is null)];
        if (allowed.Length == 0)
        {
            string why = addresses.Length == 0 ? "has no address" : $"resolves to {addresses[0]}, which {Refuse(addresses[0])}";
            throw new RegistryException(RegistryFault.Unauthorized, $"{target.Host} was not connected to: it {why}, and a registry may not send its clients there");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, target.Port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
