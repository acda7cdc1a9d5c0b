using MirrorValidate.Registries.Authentication;
using MirrorValidate.Registries.Transport;

namespace MirrorValidate.Registries;

/// <summary>
/// The connections, tokens and state of hosts that the registry clients of one run share. Sessions share nothing with
/// each other.
/// </summary>
internal sealed class RegistrySession : IDisposable
{
    private readonly EndpointPool _endpoints;
    private readonly CredentialTrials _trials = new();
    private readonly TokenProvider _tokens;
    private readonly RegistryOptions _options;

    /// <summary>Opens a session. Nothing is connected before the first request.</summary>
    /// <param name="options">How registries are reached.</param>
    /// <param name="clock">Tells when tokens are to be renewed; the system's by default.</param>
    public RegistrySession(RegistryOptions? options = null, TimeProvider? clock = null)
    {
        _options = options ?? new RegistryOptions();
        _endpoints = new EndpointPool(_options);
        _tokens = new TokenProvider(new TokenClient(_endpoints, _options, clock ?? TimeProvider.System), _trials);
    }

    /// <summary>Creates the client of a side. Each call of the client sends a request; nothing is cached.</summary>
    /// <param name="side">The name of the side in messages.</param>
    /// <param name="credentials">The credentials of the side; none by default.</param>
    internal RegistryClient CreateClient(RegistrySide side, CredentialChain? credentials = null)
    {
        var finder = new CredentialFinder(credentials ?? new CredentialChain(), RegistrySideNames.NameOf(side));
        var authenticator = new Authenticator(finder, _tokens, _options);
        var exchange = new RegistryExchange(_endpoints, authenticator, _trials, _options);
        return new RegistryClient(new RegistrySender(_endpoints, exchange, _options, side), _options.Limits);
    }

    /// <summary>
    /// What is left of the pulls that registries limit, and until when a run waits for more; empty if none does.
    /// </summary>
    internal string DescribePulls() => _endpoints.DescribePulls();

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _endpoints.Dispose();
}
