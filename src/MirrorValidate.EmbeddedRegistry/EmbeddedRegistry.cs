using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MirrorValidate.Embedded;

/// <summary>
/// An in-memory container registry that implements the OCI distribution-spec 1.1, answers like CNCF Distribution, and
/// injects faults on demand. Content, faults and journal survive a stop and a restart.
/// </summary>
public sealed class EmbeddedRegistry : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private WebApplication? _application;
    private int _port;
    private int _disposed;

    private EmbeddedRegistry(EmbeddedRegistryOptions options)
    {
        Options = options;
        _port = options.Port;
        Requests.Enabled = options.RecordRequests;
    }

    /// <summary>The options. Changes to settable ones take effect with the next request.</summary>
    public EmbeddedRegistryOptions Options { get; }

    /// <summary>Address and port as in an image reference: <c>127.0.0.1:40123</c> or <c>[::1]:40123</c>.</summary>
    public string Host => new IPEndPoint(Options.Address, _port).ToString();

    /// <summary>The port; does not change on a restart.</summary>
    public int Port => _port;

    /// <summary>Scheme, address and port, with a trailing slash.</summary>
    public Uri BaseAddress => new($"{Scheme}://{Host}/");

    /// <summary>The content.</summary>
    public RegistryStore Store { get; } = new();

    /// <summary>The faults to inject.</summary>
    public FaultList Faults { get; } = new();

    /// <summary>The requests received.</summary>
    public RequestJournal Requests { get; } = new();

    /// <summary>Whether it is listening.</summary>
    public bool IsRunning => _application is not null;

    private string Scheme => Options.ServerCertificate is null ? Uri.UriSchemeHttp : Uri.UriSchemeHttps;

    /// <summary>Starts a registry and waits until it is listening.</summary>
    /// <exception cref="IOException">The port is in use.</exception>
    public static async Task<EmbeddedRegistry> StartAsync(
        EmbeddedRegistryOptions? options = null, CancellationToken ct = default)
    {
        var registry = new EmbeddedRegistry(options ?? new EmbeddedRegistryOptions());
        await registry.RestartAsync(ct);
        return registry;
    }

    /// <summary>
    /// Stops it at once, as if killed: running requests are aborted, new connections are refused. Does nothing if it is
    /// already stopped.
    /// </summary>
    public async Task StopAsync(CancellationToken ct = default)
    {
        await _gate.WaitAsync(ct);
        try
        {
            await StopCoreAsync();
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Starts it again on the same port, stopping it first if it runs.</summary>
    /// <exception cref="IOException">Another process uses the port now.</exception>
    public async Task RestartAsync(CancellationToken ct = default)
    {
        await _gate.WaitAsync(ct);
        try
        {
            await StopCoreAsync();
            _application = await StartCoreAsync(ct);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Stops it permanently.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            await StopAsync();
            _gate.Dispose();
        }
    }

    private async Task<WebApplication> StartCoreAsync(CancellationToken ct)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.Zero);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(ConfigureKestrel);
        var application = builder.Build();
        var handler = new RegistryApplication(this);
        ((IApplicationBuilder)application).Run(handler.HandleAsync);
        try
        {
            await application.StartAsync(ct);
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }

        var addresses =
            application.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>();
        _port = new Uri(addresses.Addresses.First()).Port;
        return application;
    }

    private async Task StopCoreAsync()
    {
        if (Interlocked.Exchange(ref _application, null) is { } application)
        {
            await application.StopAsync(TimeSpan.Zero);
            await application.DisposeAsync();
        }
    }

    private void ConfigureKestrel(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.AllowSynchronousIO = false;
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MaxConcurrentConnections = null;

        // Some tests have deliberately slow clients.
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Listen(Options.Address, _port, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            if (Options.ServerCertificate is { } certificate)
            {
                listen.Protocols = Options.Http2 ? HttpProtocols.Http1AndHttp2 : HttpProtocols.Http1;
                listen.UseHttps(https =>
                {
                    https.ServerCertificate = certificate;
                    https.ClientCertificateMode =
                        Options.RequireClientCertificate
                            ? ClientCertificateMode.RequireCertificate
                            : ClientCertificateMode.NoCertificate;
                    https.ClientCertificateValidation = IsTrustedClient;
                });
            }
        });
    }

    private bool IsTrustedClient(X509Certificate2 certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (Options.ClientCertificateAuthority is not { } authority)
        {
            return true;
        }

        using var trusted = new X509Chain();
        trusted.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        trusted.ChainPolicy.CustomTrustStore.Add(authority);
        trusted.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return trusted.Build(certificate);
    }
}
