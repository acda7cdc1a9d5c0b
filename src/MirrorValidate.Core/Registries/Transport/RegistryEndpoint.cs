using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using MirrorValidate.References;
using MirrorValidate.Registries.Authentication;

namespace MirrorValidate.Registries.Transport;

/// <summary>
/// One authority that requests go to, and what a run learns of it: its scheme, the challenge it sets, until when it wants to be
/// left alone. Its connections serve the whole run.
/// </summary>
internal sealed class RegistryEndpoint : IDisposable
{
    private readonly HttpMessageInvoker _invoker;
    private readonly SemaphoreSlim _probing = new(1, 1);
    private readonly CertificateCheck _certificates;
    private long _pausedUntilTicks;
    private volatile Uri? _baseAddress;

    /// <param name="authority">The <c>host[:port]</c>.</param>
    /// <param name="host">The host as references name it.</param>
    /// <param name="isInsecure">Whether the user named the host insecure.</param>
    internal RegistryEndpoint(string authority, RegistryHost host, bool isInsecure)
    {
        Authority = authority;
        Host = host;
        MayBePlain = isInsecure || host.IsLoopback;
        _certificates = new CertificateCheck(isInsecure);
        _invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            // This machine is never reached through a proxy, whatever the environment says of others.
            UseProxy = !host.IsLoopback,
            ConnectTimeout = TimeSpan.FromSeconds(15),
            EnableMultipleHttp2Connections = true,
            MaxResponseHeadersLength = 64,
            ActivityHeadersPropagator = null,
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = _certificates.Validate },
        });
    }

    /// <summary>The <c>host[:port]</c> that requests go to.</summary>
    internal string Authority { get; }

    /// <summary>The host as references name it.</summary>
    internal RegistryHost Host { get; }

    /// <summary>Whether plain HTTP will do: a loopback host, or one that the user named insecure.</summary>
    internal bool MayBePlain { get; }

    /// <summary>The challenge that the host last set, so that later requests carry their authorization from the start.</summary>
    internal Challenge? Challenge { get; set; }

    /// <summary>Why the host's certificate was refused, where it was.</summary>
    internal string? CertificateProblem => _certificates.Problem;

    /// <summary>How long the host still wants to be left alone; zero or less when it does not.</summary>
    internal TimeSpan PauseLeft => TimeSpan.FromTicks(Interlocked.Read(ref _pausedUntilTicks) - DateTime.UtcNow.Ticks);

    /// <summary>Leaves the host alone for a while, all requests of the run together.</summary>
    internal void Pause(TimeSpan time)
    {
        long until = DateTime.UtcNow.Add(time).Ticks;
        for (long old = Interlocked.Read(ref _pausedUntilTicks); until > old;)
        {
            long seen = Interlocked.CompareExchange(ref _pausedUntilTicks, until, old);
            if (seen == old) return;
            old = seen;
        }
    }

    /// <summary>The scheme and authority to ask. Hosts that may be plain are tried by TLS first, once.</summary>
    /// <exception cref="SocketException">The host that has to be tried cannot be reached.</exception>
    internal async ValueTask<Uri> GetBaseAddressAsync(CancellationToken cancellationToken)
    {
        if (_baseAddress is { } known) return known;
        if (!MayBePlain) return _baseAddress = new Uri($"https://{Authority}/");
        await _probing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _baseAddress ??= await ProbeAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _probing.Release();
        }
    }

    internal Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _invoker.SendAsync(request, cancellationToken);

    public void Dispose()
    {
        _invoker.Dispose();
        _probing.Dispose();
    }

    private async Task<Uri> ProbeAsync(CancellationToken cancellationToken)
    {
        var https = new Uri($"https://{Authority}/");
        var http = new Uri($"http://{Authority}/");
        if (!Host.IsLoopback && HttpClient.DefaultProxy.GetProxy(https) is not null && !HttpClient.DefaultProxy.IsBypassed(https))
            return await AnswersAsync(https, cancellationToken).ConfigureAwait(false) ? https : http;
        string name = https.DnsSafeHost;
        if (Host.Port is { } port)
            return await TlsProbe.SpeaksTlsAsync(name, port, cancellationToken).ConfigureAwait(false) ? https : http;
        try
        {
            if (await TlsProbe.SpeaksTlsAsync(name, https.Port, cancellationToken).ConfigureAwait(false)) return https;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
        {
            // Nothing on the TLS port: whether anything answers on the plain one, the request itself will tell.
        }

        return http;
    }

    // Behind a proxy only a request of its own tells whether TLS gets through.
    private async Task<bool> AnswersAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, "/v2/"));
            using HttpResponseMessage response = await _invoker.SendAsync(request, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
