using System.Globalization;
using System.Net;

namespace MirrorValidate.Registries.Transport.Proxies;

/// <summary>
/// The hosts that are reached without a proxy, as Go's tools read <c>NO_PROXY</c> (golang.org/x/net/http/httpproxy):
/// <c>*</c> for all; addresses and ranges of them in CIDR notation; a domain with its subdomains, or with a leading dot
/// or <c>*.</c> the subdomains only; each but a range with <c>:port</c>. What is none of these is passed over.
/// </summary>
internal sealed class NoProxyList
{
    private readonly List<Entry> _entries = [];
    private readonly bool _hasAll;

    /// <param name="text">The entries, separated by commas.</param>
    internal NoProxyList(string? text)
    {
        foreach (string part in (text ?? "").Split(',', StringSplitOptions.TrimEntries))
        {
            if (part == "*") _hasAll = true;
            else if (Read(part.ToLowerInvariant()) is { } entry) _entries.Add(entry);
        }
    }

    /// <summary>Whether a URL is asked without a proxy.</summary>
    internal bool Contains(Uri uri)
    {
        string host = uri.IdnHost.Trim('[', ']').ToLowerInvariant();
        IPAddress? address = AddressOf(host);
        return _hasAll || _entries.Exists(entry => entry.Matches(host, address, uri.Port));
    }

    private static Entry? Read(string text)
    {
        if (Network.TryParse(text, out Network? network)) return new Entry(Name: null, network, Port: null);
        (string host, int? port) = Split(text);
        if (host.Length == 0) return null;
        if (AddressOf(host) is { } address)
            return new Entry(Name: null, new Network(address, address.GetAddressBytes().Length * 8), port);
        return new Entry(host.StartsWith("*.", StringComparison.Ordinal) ? host[1..] : host, Network: null, port);
    }

    // A port that is no number fits none.
    private static (string Host, int? Port) Split(string text)
    {
        int colon = text.LastIndexOf(':');
        bool hasPort = text.StartsWith('[') ? colon > text.IndexOf(']', StringComparison.Ordinal)
            : colon >= 0 && colon == text.IndexOf(':', StringComparison.Ordinal);
        string host = (hasPort ? text[..colon] : text).Trim('[', ']');
        if (!hasPort) return (host, null);
        bool isNumber =
            int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port);
        return (host, isNumber ? port : -1);
    }

    // Only the usual form: .NET also takes 10.1 and 10 for addresses.
    private static IPAddress? AddressOf(string text) =>
        (text.Contains(':', StringComparison.Ordinal) || text.Count(c => c == '.') == 3)
        && IPAddress.TryParse(text, out IPAddress? address)
            ? Plain(address)
            : null;

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private sealed record Entry(string? Name, Network? Network, int? Port)
    {
        internal bool Matches(string host, IPAddress? address, int port)
        {
            if (Port is { } only && only != port) return false;
            if (Network is not null) return address is not null && Network.Contains(address);
            return Name!.StartsWith('.')
                ? host.EndsWith(Name, StringComparison.Ordinal)
                : host == Name || host.EndsWith("." + Name, StringComparison.Ordinal);
        }
    }

    /// <summary>A range of addresses; the bits after the prefix mean nothing.</summary>
    private sealed record Network(IPAddress Address, int PrefixLength)
    {
        internal static bool TryParse(string text, out Network? network)
        {
            network = null;
            int slash = text.IndexOf('/', StringComparison.Ordinal);
            if (slash < 0 || AddressOf(text[..slash]) is not { } address) return false;
            int bits = address.GetAddressBytes().Length * 8;
            if (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int length)
                || length > bits)
                return false;
            network = new Network(address, length);
            return true;
        }

        internal bool Contains(IPAddress address)
        {
            byte[] own = Address.GetAddressBytes();
            byte[] other = address.GetAddressBytes();
            if (own.Length != other.Length) return false;
            for (int bit = 0; bit < PrefixLength; bit++)
            {
                int mask = 0x80 >> (bit % 8);
                if (((own[bit / 8] ^ other[bit / 8]) & mask) != 0) return false;
            }

            return true;
        }
    }
}
