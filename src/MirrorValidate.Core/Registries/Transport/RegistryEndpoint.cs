using System.Net.Sockets;
using MirrorValidate.References;
using MirrorValidate.Registries.Authentication;
using MirrorValidate.Registries.Transport.Tls;

namespace MirrorValidate.Registries.Transport;

/// <summary>
/// One authority that requests go to, and what a run learns of it: its scheme, the challenge it sets, until when it wants to be
/// left alone, whether it answers at all. Its connections serve the whole run.
/// </summary>
internal sealed class RegistryEndpoint : IDisposable
{
    private readonly Lazy<HostConnections> _connections;
    private readonly SemaphoreSlim _choosing = new(1, 1);
    private volatile Uri? _baseAddress;
    private bool _wasSilent;

    /// <param name="authority">The <c>host[:port]</c> that requests go to.</param>
    /// <param name="host">The host as references name it.</param>
    /// <param name="options">How registries are reached.</param>
    /// <param name="policy">Which addresses may be connected to; <see langword="null"/> for a host that the user named.</param>
    internal RegistryEndpoint(string authority, RegistryHost host, RegistryOptions options, AddressPolicy? policy)
    {
        Authority = authority;
        Host = host;
        MayBePlain = host.IsLoopback || options.IsInsecure(host);
        Breaker = new HostBreaker(options.BreakDuration);
        Pause = new HostPause(host);
        _connections = new Lazy<HostConnections>(() => new HostConnections(authority, host, options, policy));
    }

    /// <summary>The <c>host[:port]</c> that requests go to.</summary>
    internal string Authority { get; }

    /// <summary>The host as references name it.</summary>
    internal RegistryHost Host { get; }

    /// <summary>Whether plain HTTP will do: a loopback host, or one that the user named insecure.</summary>
    internal bool MayBePlain { get; }

    /// <summary>Refuses requests while the host does not answer.</summary>
    internal HostBreaker Breaker { get; }

    /// <summary>How long the host has asked to be left alone.</summary>
    internal HostPause Pause { get; }

    /// <summary>What the host tells of its limit on pulls.</summary>
    internal PullQuota Pulls { get; } = new();

    /// <summary>Passes a few bodies of a megabyte and more at once.</summary>
    internal SemaphoreSlim LargeBodies { get; } = new(8, 8);

    /// <summary>The challenge that the host last set, so that later requests carry their authorization from the start.</summary>
    internal Challenge? Challenge { get; set; }

    /// <summary>The scheme and authority to ask. Hosts that may be plain are tried by TLS first, once.</summary>
    /// <exception cref="RegistryException">The host that has to be tried cannot be reached.</exception>
    internal async ValueTask<Uri> GetBaseAddressAsync(CancellationToken cancellationToken)
    {
        if (_baseAddress is { } known) return known;
        if (!MayBePlain) return _baseAddress = AddressOf(Uri.UriSchemeHttps);
        await _choosing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_baseAddress is { } chosen) return chosen;
            bool? speaksTls = await SchemeChoice.SpeaksTlsAsync(this, cancellationToken).ConfigureAwait(false);
            Uri address = AddressOf(speaksTls == true ? Uri.UriSchemeHttps : Uri.UriSchemeHttp);
            if (speaksTls is not null) return _baseAddress = address;
            // A host that breaks off or hangs when it is first asked may be on its way down, and is asked again. One that does so
            // each time takes offence at the question: it is tried as plain for now.
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

    /// <summary>Sends a request; returns once the headers of the answer are there.</summary>
    /// <exception cref="RegistryException">No answer; the message is a clause.</exception>
    internal async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HostConnections connections = _connections.Value;
        try
        {
            HttpResponseMessage response = await connections.Invoker.SendAsync(request, cancellationToken).ConfigureAwait(false);
            connections.Certificates.NoteAnswer();
            return response;
        }
        catch (Exception e) when (FaultTranslator.IsConnectionFault(e))
        {
            throw FaultTranslator.FromException(e, connections.Certificates);
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
