using System.Net.Sockets;
using MirrorValidate.References;
using MirrorValidate.Registries.Authentication;
using MirrorValidate.Registries.Transport.Proxies;
using MirrorValidate.Registries.Transport.Tls;

namespace MirrorValidate.Registries.Transport;

/// <summary>
/// A host that requests are sent to, and what a run has learned about it: its scheme, its challenge, its pause, its
/// pull limit, and whether it answers at all. Its connections last for the whole run.
/// </summary>
internal sealed class RegistryEndpoint : IDisposable
{
    private readonly Lazy<HostConnections> _connections;
    private readonly ProxySettings _proxies;
    private readonly RequestRate? _rate;
    private readonly SemaphoreSlim _choosing = new(1, 1);
    private volatile Uri? _baseAddress;
    private bool _wasSilent;

    /// <param name="authority">The <c>host[:port]</c> to connect to.</param>
    /// <param name="host">The host as references name it.</param>
    /// <param name="options">How registries are reached.</param>
    /// <param name="policy">The addresses that may be connected to; <see langword="null"/> for any.</param>
    /// <param name="proxies">The proxies.</param>
    /// <param name="rate">Spaces the requests to the authority; <see langword="null"/> if they need not be.</param>
    internal RegistryEndpoint(
        string authority,
        RegistryHost host,
        RegistryOptions options,
        AddressPolicy? policy,
        ProxySettings proxies,
        RequestRate? rate)
    {
        _proxies = proxies;
        Authority = authority;
        Host = host;
        IsNamedByUser = policy is null;
        MayBePlain = host.IsLoopback || options.IsInsecure(host);
        Breaker = new HostBreaker(options.BreakDuration);
        Pause = new HostPause(host);
        PullPause = new HostPause(host, Pulls);
        _rate = rate;
        _connections = new Lazy<HostConnections>(() => new HostConnections(authority, host, options, policy, proxies));
    }

    /// <summary>The <c>host[:port]</c> to connect to.</summary>
    internal string Authority { get; }

    /// <summary>The host as references name it.</summary>
    internal RegistryHost Host { get; }

    /// <summary>Whether the user has named the host, so that it may be at any address.</summary>
    internal bool IsNamedByUser { get; }

    /// <summary>Whether plain HTTP is allowed: to loopback hosts, and to those that the user named insecure.</summary>
    internal bool MayBePlain { get; }

    /// <summary>Refuses requests while the host does not answer.</summary>
    internal HostBreaker Breaker { get; }

    /// <summary>How long the host has asked to be left alone.</summary>
    internal HostPause Pause { get; }

    /// <summary>What the host says about its limit on pulls.</summary>
    internal PullQuota Pulls { get; } = new();

    /// <summary>How long until pulls are tried again, when there are none left.</summary>
    internal HostPause PullPause { get; }

    /// <summary>Bounds how many bodies of a megabyte and more are read at once.</summary>
    internal SemaphoreSlim LargeBodies { get; } = new(8, 8);

    /// <summary>
    /// The challenge that the host last sent, so that later requests carry their authorization from the start.
    /// </summary>
    internal Challenge? Challenge { get; set; }

    /// <summary>The scopes that the host's challenges have named.</summary>
    internal ScopeMemory Scopes { get; } = new();

    /// <summary>What <c>/v2/</c> of the host says, which is asked once in a run, and only on trouble.</summary>
    internal AsyncLazy<PingAnswer> Ping { get; } = new();

    /// <summary>
    /// The scheme and authority of requests. A host that may use plain HTTP is asked once whether it speaks TLS.
    /// </summary>
    /// <exception cref="RegistryException">The host cannot be reached.</exception>
    internal async ValueTask<Uri> GetBaseAddressAsync(CancellationToken cancellationToken)
    {
        if (_baseAddress is { } known) return known;
        if (!MayBePlain) return _baseAddress = AddressOf(Uri.UriSchemeHttps);
        await _choosing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_baseAddress is { } chosen) return chosen;
            Uri https = AddressOf(Uri.UriSchemeHttps);
            Lazy<HostConnections>? throughProxy = ProxyOf(https) is null ? null : _connections;
            bool? speaksTls =
                await SchemeChoice.SpeaksTlsAsync(https, Host, throughProxy, cancellationToken).ConfigureAwait(false);
            Uri address = speaksTls == true ? https : AddressOf(Uri.UriSchemeHttp);
            if (speaksTls is not null) return _baseAddress = address;
            // No answer to the TLS hello: the host may be shutting down, so it is asked again. If it answers nothing a
            // second time, use plain HTTP for this request.
            if (_wasSilent) return address;
            _wasSilent = true;
            throw new SocketException((int)SocketError.ConnectionReset);
        }
        catch (SocketException e)
        {
            throw FaultTranslator.FromException(e, certificates: null);
        }
        finally
        {
            _choosing.Release();
        }
    }

    /// <summary>
    /// The proxy that a URL of the host is asked through, for messages; <see langword="null"/> if none.
    /// </summary>
    internal string? ProxyOf(Uri uri) => Host.IsLoopback ? null : _proxies.NameOf(uri);

    /// <summary>Waits while no pulls are left, and while the host asks to be left alone.</summary>
    /// <exception cref="RegistryException">That would take longer than the time left for the image.</exception>
    internal async Task WaitForPausesAsync(RequestState state, CancellationToken cancellationToken)
    {
        await PullPause.WaitAsync(state, cancellationToken).ConfigureAwait(false);
        await Pause.WaitAsync(state, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Waits until a request may be sent: for the pauses, and for its turn if the requests per second are limited.
    /// </summary>
    /// <exception cref="RegistryException">A pause would take longer than the time left for the image.</exception>
    internal async Task WaitAsync(RequestState state, CancellationToken cancellationToken)
    {
        await WaitForPausesAsync(state, cancellationToken).ConfigureAwait(false);
        if (_rate is not null)
            await state.StandStillAsync(() => _rate.WaitAsync(cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>Sends a request; returns once the headers of the response have arrived.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="RegistryException">No response; the message is a clause.</exception>
    internal async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await _connections.Value.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (RegistryException e) when (e.IsOfConnecting && ProxyOf(request.RequestUri!) is not null)
        {
            // Only the proxy is connected to; what it cannot reach, it says in an answer.
            throw e.Saying($"the proxy was not reached: {e.Message}");
        }
    }

    public void Dispose()
    {
        if (_connections.IsValueCreated) _connections.Value.Dispose();
        _choosing.Dispose();
        LargeBodies.Dispose();
    }

    private Uri AddressOf(string scheme) => new($"{scheme}://{Authority}/");
}
