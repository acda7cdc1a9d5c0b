using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using MirrorValidate.References;
using MirrorValidate.Registries.Authentication;
using MirrorValidate.Registries.Transport.Tls;
using Polly;

namespace MirrorValidate.Registries.Transport;

/// <summary>
/// One authority that requests go to, and what a run learns of it: its scheme, the challenge it sets, until when it wants to be
/// left alone, whether it answers at all. Its connections serve the whole run.
/// </summary>
internal sealed class RegistryEndpoint : IDisposable
{
    private readonly Lazy<Connections> _connections;
    private readonly SemaphoreSlim _choosing = new(1, 1);
    private long _pausedUntilTicks;
    private volatile Uri? _baseAddress;
    private bool _wasUndecided;

    /// <param name="authority">The <c>host[:port]</c> that requests go to.</param>
    /// <param name="host">The host as references name it.</param>
    /// <param name="options">How registries are reached.</param>
    /// <param name="policy">Which addresses may be connected to; <see langword="null"/> for a host that the user named.</param>
    internal RegistryEndpoint(string authority, RegistryHost host, RegistryOptions options, AddressPolicy? policy)
    {
        Authority = authority;
        Host = host;
        MayBePlain = host.IsLoopback || options.IsInsecure(host);
        Resilience = ResiliencePipelines.Create(options);
        _connections = new Lazy<Connections>(() => new Connections(authority, host, options, policy));
    }

    /// <summary>The <c>host[:port]</c> that requests go to.</summary>
    internal string Authority { get; }

    /// <summary>The host as references name it.</summary>
    internal RegistryHost Host { get; }

    /// <summary>Whether plain HTTP will do: a loopback host, or one that the user named insecure.</summary>
    internal bool MayBePlain { get; }

    /// <summary>The retries of requests to the host, and the breaker that ends them where it does not answer at all.</summary>
    internal ResiliencePipeline Resilience { get; }

    /// <summary>The challenge that the host last set, so that later requests carry their authorization from the start.</summary>
    internal Challenge? Challenge { get; set; }

    /// <summary>Why the host's certificate was refused, where it was.</summary>
    internal string? CertificateProblem => _connections.IsValueCreated ? _connections.Value.Certificates.Problem : null;

    /// <summary>What may be wrong with the client's certificate where a connection to the host broke.</summary>
    internal string? ClientCertificateProblem => _connections.IsValueCreated ? _connections.Value.Certificates.ClientProblem : null;

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
        await _choosing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _baseAddress ?? await ChooseBaseAddressAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _choosing.Release();
        }
    }

    internal async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response = await _connections.Value.Invoker.SendAsync(request, cancellationToken).ConfigureAwait(false);
        _connections.Value.Certificates.NoteAnswer();
        // A TLS port answers plain HTTP too, with a 400.
        if (_baseAddress is null && response.StatusCode != HttpStatusCode.BadRequest)
            _baseAddress = new Uri(request.RequestUri!.GetLeftPart(UriPartial.Authority));
        return response;
    }

    public void Dispose()
    {
        if (_connections.IsValueCreated) _connections.Value.Invoker.Dispose();
        _choosing.Dispose();
    }

    // A host that breaks off or hangs when it is first asked may be on its way down: what it speaks is found out again later. One that
    // does so each time takes offence at the question, and plain HTTP is left to try.
    private async Task<Uri> ChooseBaseAddressAsync(CancellationToken cancellationToken)
    {
        bool? isHttps = await SchemeChoice.IsHttpsAsync(this, cancellationToken).ConfigureAwait(false);
        var address = new Uri($"{(isHttps == true ? "https" : "http")}://{Authority}/");
        if (isHttps is not null) return _baseAddress = address;
        if (_wasUndecided) return address;
        _wasUndecided = true;
        throw new SocketException((int)SocketError.ConnectionReset);
    }

    private sealed class Connections
    {
        internal Connections(string authority, RegistryHost host, RegistryOptions options, AddressPolicy? policy)
        {
            HostCertificates kept = HostCertificates.Read([authority, host.Name], options.CertificateDirectories);
            Certificates = new CertificateCheck(options.IsInsecure(host), kept.Authorities);
            var handler = new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                AutomaticDecompression = DecompressionMethods.None,
                UseCookies = false,
                // This machine is never reached through a proxy, whatever the environment says of others.
                UseProxy = !host.IsLoopback,
                ConnectTimeout = TimeSpan.FromSeconds(15),
                EnableMultipleHttp2Connections = true,
                MaxResponseHeadersLength = 64,
                // Of a body that is not wanted to its end, no more is read than a connection is worth.
                MaxResponseDrainSize = 64 * 1024,
                ResponseDrainTimeout = TimeSpan.FromMilliseconds(500),
                ActivityHeadersPropagator = null,
                SslOptions = new SslClientAuthenticationOptions
                {
                    RemoteCertificateValidationCallback = Certificates.Validate,
                    ClientCertificates = kept.Clients,
                    LocalCertificateSelectionCallback = Certificates.SelectClient,
                },
            };
            if (policy is not null) handler.ConnectCallback = policy.ConnectAsync;
            Invoker = new HttpMessageInvoker(handler);
        }

        internal HttpMessageInvoker Invoker { get; }

        internal CertificateCheck Certificates { get; }
    }
}
