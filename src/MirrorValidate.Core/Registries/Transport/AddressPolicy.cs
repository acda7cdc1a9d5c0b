using System.Net;
using System.Net.Sockets;

namespace MirrorValidate.Registries.Transport;

/// <summary>
/// Decides which addresses a registry may send this client to, by a token realm or a redirect. Checked after name
/// resolution, so that no name hides an address (GHSA-qvqc-4c52-x6qp).
/// </summary>
/// <param name="allowLoopback">Whether loopback addresses are allowed, as for a registry on this machine.</param>
internal sealed class AddressPolicy(bool allowLoopback)
{
    // Cloud metadata services outside the link-local range: AWS and Google over IPv6, Alibaba, Azure, Oracle.
    private static readonly HashSet<IPAddress> MetadataAddresses =
    [
        IPAddress.Parse("fd00:ec2::254"), IPAddress.Parse("fd20:ce::254"), IPAddress.Parse("100.100.100.200"),
        IPAddress.Parse("168.63.129.16"), IPAddress.Parse("192.0.0.192"),
    ];

    /// <summary>Why an address may not be connected to; <see langword="null"/> if it may.</summary>
    internal string? Refuse(IPAddress address)
    {
        IPAddress plain = Unwrap(address);
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

    /// <summary>Resolves a name and connects to the first of its allowed addresses that answers.</summary>
    /// <exception cref="RegistryException">None of the addresses is allowed.</exception>
    internal async ValueTask<Stream> ConnectAsync(DnsEndPoint target, CancellationToken cancellationToken)
    {
        IPAddress[] addresses = await Dns.GetHostAddressesAsync(target.Host, cancellationToken).ConfigureAwait(false);
        IPAddress[] allowed = [.. addresses.Where(address => Refuse(address) is null)];
        if (allowed.Length == 0 && addresses.Length > 0)
        {
            string reason = $"it resolves to {addresses[0]}, which {Refuse(addresses[0])}";
            throw Refused($"{target.Host} was not connected to: {reason}");
        }

        return await ConnectAsync(socket => socket.ConnectAsync(allowed, target.Port, cancellationToken))
            .ConfigureAwait(false);
    }

    /// <summary>Connects to any address of a name.</summary>
    internal static ValueTask<Stream> ConnectAnywhereAsync(DnsEndPoint target, CancellationToken cancellationToken) =>
        ConnectAsync(socket => socket.ConnectAsync(target, cancellationToken));

    /// <summary>The fault of a registry that names a forbidden address.</summary>
    internal static RegistryException Refused(string clause) =>
        new(RegistryFault.UnexpectedResponse, $"{clause}, and a registry may not send its clients there");

    private static async ValueTask<Stream> ConnectAsync(Func<Socket, ValueTask> connect)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await connect(socket).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // An IPv4 address embedded in IPv6: mapped or compatible (RFC 4291, section 2.5.5), NAT64 (RFC 6052), 6to4 (RFC
    // 3056).
    private static IPAddress Unwrap(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address;
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        byte[] bytes = address.GetAddressBytes();
        if (bytes[0] == 0x20 && bytes[1] == 0x02) return new IPAddress(bytes.AsSpan(2, 4));
        Span<byte> prefix = bytes.AsSpan(0, 12);
        bool isNat64 = prefix.SequenceEqual<byte>([0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0]);
        bool isCompatible = prefix.IndexOfAnyExcept((byte)0) < 0 && bytes.AsSpan(12, 2).IndexOfAnyExcept((byte)0) >= 0;
        return isNat64 || isCompatible ? new IPAddress(bytes.AsSpan(12, 4)) : address;
    }
}
