using System.Collections.Concurrent;
using MirrorValidate.References;

namespace MirrorValidate.Registries.Transport;

/// <summary>The endpoints of a run, made when first asked for. Source and destination share them.</summary>
/// <param name="options">How registries are reached.</param>
internal sealed class EndpointPool(RegistryOptions options) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<RegistryEndpoint>> _endpoints = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The endpoint that answers for a registry.</summary>
    internal RegistryEndpoint Get(RegistryHost host) => Get(host.ApiAuthority, host);

    /// <summary>The endpoint of a URL that a registry named: a realm or the target of a redirect.</summary>
    internal RegistryEndpoint Get(Uri uri) => Get(uri.Authority, RegistryHost.Parse(uri.Authority));

    public void Dispose()
    {
        foreach (Lazy<RegistryEndpoint> endpoint in _endpoints.Values)
        {
            if (endpoint.IsValueCreated) endpoint.Value.Dispose();
        }
    }

    private RegistryEndpoint Get(string authority, RegistryHost host) =>
        _endpoints.GetOrAdd(
            authority,
            static (key, state) => new Lazy<RegistryEndpoint>(
                () => new RegistryEndpoint(key, state.host, state.options.IsInsecure(state.host))),
            (host, options)).Value;
}
