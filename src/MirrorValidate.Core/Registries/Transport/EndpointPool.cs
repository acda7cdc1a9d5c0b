using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using MirrorValidate.References;
using MirrorValidate.Registries.Transport.Proxies;

namespace MirrorValidate.Registries.Transport;

/// <summary>The endpoints of a run, made when first needed. Source and destination share them.</summary>
/// <param name="options">How registries are reached.</param>
internal sealed class EndpointPool(RegistryOptions options) : IDisposable
{
    /// <summary>
    /// The maximum number of hosts that registries may name in a run. Each costs memory and connections.
    /// </summary>
    private const int MaximumNamed = 1000;

    private readonly ConcurrentDictionary<Key, Lazy<RegistryEndpoint>> _endpoints = new();
    private readonly ConcurrentDictionary<string, RequestRate> _rates = new();
    private readonly ProxySettings _proxies = new();
    private int _named;

    /// <summary>Who named a host.</summary>
    private enum Trust
    {
        /// <summary>The user, in a list or as a setting: all addresses are allowed.</summary>
        User,

        /// <summary>A registry: its addresses are checked.</summary>
        Registry,

        /// <summary>A registry on this machine: its addresses are checked, and loopback is allowed.</summary>
        LocalRegistry,
    }

    /// <summary>The endpoint of a registry.</summary>
    internal RegistryEndpoint Get(RegistryHost host) => Get(host.ApiAuthority, host, Trust.User);

    /// <summary>The endpoint of a URL that a registry named: a token realm, or the target of a redirect.</summary>
    /// <param name="uri">The URL.</param>
    /// <param name="namedBy">The endpoint of that registry.</param>
    /// <exception cref="RegistryException">No registry may name this host.</exception>
    internal RegistryEndpoint Get(Uri uri, RegistryEndpoint namedBy)
    {
        if (uri.Authority.Equals(namedBy.Authority, StringComparison.OrdinalIgnoreCase)) return namedBy;
        if (!RegistryHost.TryParse(uri.Authority, out RegistryHost? host))
        {
            string shown = RegistryErrorText.Clean(uri.Authority);
            throw new RegistryException(RegistryFault.UnexpectedResponse, $"\"{shown}\" is not a host");
        }

        bool isSameHost =
            uri.Host.Equals(new Uri($"https://{namedBy.Authority}/").Host, StringComparison.OrdinalIgnoreCase);
        bool isChosen = options.IsTrustedRealm(host) || options.IsInsecure(host)
            || (isSameHost && namedBy.IsNamedByUser);
        Trust trust = isChosen ? Trust.User : namedBy.Host.IsLoopback ? Trust.LocalRegistry : Trust.Registry;
        // A literal address is checked here, because behind a proxy this client connects to the proxy only.
        if (PolicyOf(trust) is { } policy
            && IPAddress.TryParse(uri.DnsSafeHost, out IPAddress? address)
            && policy.Refuse(address) is { } why)
        {
            throw AddressPolicy.Refused($"{uri.Authority} was not asked: it {why}");
        }

        return Get(uri.Authority, host, trust);
    }

    /// <summary>
    /// What is left of the pulls that hosts limit, and until when requests wait for more; empty if none does.
    /// </summary>
    internal string DescribePulls() => string.Join(
        "; ",
        _endpoints.Values
            .Where(endpoint => endpoint.IsValueCreated && endpoint.Value.Pulls.IsKnown)
            .Select(endpoint => DescribePulls(endpoint.Value)));

    public void Dispose()
    {
        foreach (Lazy<RegistryEndpoint> endpoint in _endpoints.Values)
        {
            if (endpoint.IsValueCreated) endpoint.Value.Dispose();
        }

        foreach (RequestRate rate in _rates.Values) rate.Dispose();
    }

    private static string DescribePulls(RegistryEndpoint endpoint)
    {
        string pulls = $"{endpoint.Host.Name}: {endpoint.Pulls}";
        if (endpoint.PullPause.Left is not { Ticks: > 0 } left) return pulls;
        string until = (DateTime.Now + left).ToString("t", CultureInfo.InvariantCulture);
        return $"waiting until {until}, {pulls}";
    }

    private static AddressPolicy? PolicyOf(Trust trust) =>
        trust == Trust.User ? null : new AddressPolicy(allowLoopback: trust == Trust.LocalRegistry);

    private RegistryEndpoint Get(string authority, RegistryHost host, Trust trust)
    {
        var key = new Key(authority.ToLowerInvariant(), trust);
        if (_endpoints.TryGetValue(key, out Lazy<RegistryEndpoint>? known)) return known.Value;
        if (trust != Trust.User && Interlocked.Increment(ref _named) > MaximumNamed)
        {
            throw new RegistryException(
                RegistryFault.UnexpectedResponse,
                $"{authority} was not asked: registries have named more than {MaximumNamed} other hosts");
        }

        return _endpoints.GetOrAdd(
            key,
            static (key, state) => new Lazy<RegistryEndpoint>(
                () => new RegistryEndpoint(
                    key.Authority,
                    state.host,
                    state.options,
                    PolicyOf(key.Trust),
                    state.Pool._proxies,
                    state.Pool.RateOf(key.Authority))),
            (host, options, Pool: this)).Value;
    }

    // An authority has one, whoever has named it.
    private RequestRate? RateOf(string authority) => options.RequestsPerSecond is { } perSecond
        ? _rates.GetOrAdd(authority, static (_, rate) => new RequestRate(rate), perSecond)
        : null;

    private sealed record Key(string Authority, Trust Trust);
}
