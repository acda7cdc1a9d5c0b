using MirrorValidate.Registries.Authentication;
using MirrorValidate.Registries.Transport;

namespace MirrorValidate.Registries;

/// <summary>
/// What the registry clients of one run share: connections, tokens, and what was learned of each host. Clients of several sides
/// come from one session; nothing is shared between sessions.
/// </summary>
public sealed class RegistrySession : IDisposable
{
    private readonly EndpointPool _endpoints;
    private readonly CredentialTrials _trials = new();
    private readonly TokenProvider _tokens;
    private readonly RegistryOptions _options;

    /// <summary>Opens a session. Nothing is connected before the first request.</summary>
    public RegistrySession(RegistryOptions? options = null)
    {
        _options = options ?? new RegistryOptions();
        _endpoints = new EndpointPool(_options);
        _tokens = new TokenProvider(new TokenClient(_endpoints, _options), _trials);
    }

    /// <summary>Makes the client of a side.</summary>
    /// <param name="side">How messages name the registries that it asks.</param>
    /// <param name="credentials">The credentials of the side.</param>
    public RegistryClient CreateClient(RegistrySide side, CredentialChain? credentials = null)
    {
        var authenticator = new Authenticator(credentials ?? new CredentialChain(), _tokens, _options, RegistrySideNames.NameOf(side));
        var exchange = new RegistryExchange(_endpoints, authenticator, _trials, _options);
        return new RegistryClient(new RegistrySender(_endpoints, exchange, _options, side), _options.Limits);
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _endpoints.Dispose();
}
