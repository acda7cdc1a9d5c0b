using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MirrorValidate.Embedded.Images;

namespace MirrorValidate.RealRegistry.Tests.Fixtures;

/// <summary>
/// A real registry (CNCF Distribution, <c>docker-registry serve</c>) on a free loopback port, with its own directory
/// for content. It has no blob descriptor cache unless its options ask for one, so the next request sees changes on disk.
/// </summary>
public sealed class DockerRegistryProcess : IAsyncDisposable
{
    private const string ListeningText = "listening on";
    private const string PortTakenText = "address already in use";
    private const int PortAttempts = 20;

    // Below the ephemeral ports: no other program gets the port while the registry is down, and a client cannot connect
    // to itself.
    private const int LowestPort = 20_000;
    private const int HighestPort = 32_000;

    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PortPollInterval = TimeSpan.FromMilliseconds(50);

    private readonly TemporaryDirectory _directory = new();
    private readonly ConcurrentQueue<string> _log = new();
    private readonly DockerRegistryOptions _options;
    private IPEndPoint _endpoint;
    private ServerProcess? _process;

    private DockerRegistryProcess(DockerRegistryOptions options)
    {
        _options = options;
        _endpoint = new IPEndPoint(IPAddress.Parse(options.Address), 0);
        Storage = new RegistryStorage(RootDirectory);
    }

    /// <summary>Host and port as in image references: <c>127.0.0.1:23456</c>, <c>[::1]:23456</c>.</summary>
    public string Host => _endpoint.ToString();

    /// <summary>The address of the registry, with its scheme.</summary>
    public Uri BaseAddress => new($"{(_options.Certificate is null ? "http" : "https")}://{Host}");

    /// <summary>
    /// The directory of the content, which survives <see cref="KillAsync"/> and <see cref="RestartAsync"/>.
    /// </summary>
    public string RootDirectory => _directory["storage"];

    /// <summary>The content on disk, for tests that damage it.</summary>
    public RegistryStorage Storage { get; }

    /// <summary>Everything that the registry has printed in all runs, including the access log.</summary>
    public string Log => string.Join('\n', _log);

    /// <summary>Starts a registry and waits until it answers.</summary>
    /// <exception cref="InvalidOperationException">
    /// The program is missing or exited; the message contains its log.
    /// </exception>
    /// <exception cref="TimeoutException">It did not answer in time; the message contains its log.</exception>
    public static async Task<DockerRegistryProcess> StartAsync(
        DockerRegistryOptions? options = null, CancellationToken cancellationToken = default)
    {
        var registry = new DockerRegistryProcess(options ?? new DockerRegistryOptions());
        var started = false;
        try
        {
            await registry.WithinDeadlineAsync(registry.StartOnFreePortAsync, cancellationToken);
            started = true;
            return registry;
        }
        finally
        {
            if (!started)
                await registry.DisposeAsync();
        }
    }

    /// <summary>
    /// Creates a client that pushes as <see cref="DockerRegistryOptions.User"/> and accepts any server certificate. For
    /// registries that require a token or a client certificate, use <see cref="Skopeo"/>.
    /// </summary>
    public RegistryPusher CreatePusher() => new(BaseAddress, CreateHandler(), _options.User?.UserName, _options.User?.Password);

    /// <summary>Ends the registry at once (SIGKILL); its port refuses connections afterwards.</summary>
    public async Task KillAsync()
    {
        if (_process is null)
            return;
        await _process.DisposeAsync();
        _process = null;
    }

    /// <summary>
    /// Suspends the registry (SIGSTOP) until the return value is disposed: it accepts connections but does not answer.
    /// </summary>
    public IDisposable Suspend() => _process!.Suspend();

    /// <summary>Starts the registry again with the same port and content. Kills it first if it runs.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken = default)
    {
        await KillAsync();
        await WithinDeadlineAsync(StartOnSamePortAsync, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _directory.Dispose();
    }

    private async Task WithinDeadlineAsync(Func<CancellationToken, Task> start, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(StartDeadline);
        try
        {
            await start(deadline.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"docker-registry did not answer within {StartDeadline.TotalSeconds:0} s. Its log:\n{Log}", exception);
        }
    }

    private async Task StartOnFreePortAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < PortAttempts; attempt++)
        {
            _endpoint = new IPEndPoint(_endpoint.Address, RandomNumberGenerator.GetInt32(LowestPort, HighestPort));
            if (await TryStartAsync(cancellationToken))
                return;
        }

        throw new InvalidOperationException($"docker-registry found no free port in {PortAttempts} attempts. Its log:\n{Log}");
    }

    private async Task StartOnSamePortAsync(CancellationToken cancellationToken)
    {
        while (!await TryStartAsync(cancellationToken))
            await Task.Delay(PortPollInterval, cancellationToken);
    }

    /// <returns>False if the port is in use.</returns>
    private async Task<bool> TryStartAsync(CancellationToken cancellationToken)
    {
        var linesBefore = _log.Count;
        var configuration = DockerRegistryConfiguration.Write(_directory.Path, RootDirectory, _endpoint, _options);
        _process = await ServerProcess.StartAsync(StartInfo(configuration), ListeningText, _log, cancellationToken);
        if (_process is not null)
        {
            await WaitForAnswerAsync(cancellationToken);
            return true;
        }

        if (_log.Skip(linesBefore).Any(line => line.Contains(PortTakenText, StringComparison.Ordinal)))
            return false;

        throw new InvalidOperationException($"docker-registry exited. Its log:\n{Log}");
    }

    private static ProcessStartInfo StartInfo(string configuration)
    {
        var start = new ProcessStartInfo(RealBinaries.DockerRegistry, ["serve", configuration]);

        // REGISTRY_* variables override the configuration file.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("REGISTRY_", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);
        return start;
    }

    private async Task WaitForAnswerAsync(CancellationToken cancellationToken)
    {
        // Such a registry does not answer without a client certificate. It has printed that it is listening, so it
        // accepts connections.
        if (_options.ClientAuthority is not null)
            return;

        using var client = new HttpClient(CreateHandler());
        using var answer = await client.GetAsync(new Uri(BaseAddress, "/v2/"), cancellationToken);
        if (answer.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.Unauthorized))
            throw new InvalidOperationException($"docker-registry answered {(int)answer.StatusCode} to /v2/. Its log:\n{Log}");
    }

    private SocketsHttpHandler CreateHandler() => new()
    {
        UseProxy = false,
        SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = IsOwnCertificate },
    };

    // Expired and foreign certificates are served on purpose, so only the configured one is accepted.
    private bool IsOwnCertificate(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        using var own = X509CertificateLoader.LoadCertificateFromFile(_options.Certificate!.CertificatePath);
        return own.Equals(certificate);
    }
}
