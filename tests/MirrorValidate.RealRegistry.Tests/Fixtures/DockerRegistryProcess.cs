using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MirrorValidate.Embedded.Images;

namespace MirrorValidate.RealRegistry.Tests.Fixtures;

/// <summary>
/// A real registry (CNCF Distribution, <c>docker-registry serve</c>) on a free loopback port, with its content in a directory
/// of its own. Unless its options ask for it, it has no blob descriptor cache, so that what is changed on disk is seen by the next request.
/// </summary>
public sealed class DockerRegistryProcess : IAsyncDisposable
{
    private const string ListeningText = "listening on";
    private const string PortTakenText = "address already in use";
    private const int PortAttempts = 20;

    // Below the ports that systems hand out by themselves: nobody is given this one while the registry is down between two runs,
    // and a client that connects to it meanwhile cannot meet itself.
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

    /// <summary>Host and port as image references name them: <c>127.0.0.1:23456</c>, <c>[::1]:23456</c>.</summary>
    public string Host => _endpoint.ToString();

    /// <summary>Address of the registry, with its scheme.</summary>
    public Uri BaseAddress => new($"{(_options.Certificate is null ? "http" : "https")}://{Host}");

    /// <summary>Directory of the content; it outlives <see cref="KillAsync"/> and <see cref="RestartAsync"/>.</summary>
    public string RootDirectory => _directory["storage"];

    /// <summary>The content as it lies on disk, to be damaged.</summary>
    public RegistryStorage Storage { get; }

    /// <summary>All that the registry has printed, of every run, access log included.</summary>
    public string Log => string.Join('\n', _log);

    /// <summary>Starts a registry and waits until it answers.</summary>
    /// <exception cref="InvalidOperationException">The program is missing, or ended by itself; the message holds its log.</exception>
    /// <exception cref="TimeoutException">It did not answer in time; the message holds its log.</exception>
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
    /// A client that pushes as <see cref="DockerRegistryOptions.User"/>, whatever certificate the registry has. To registries that want
    /// a token or a client certificate, <see cref="Skopeo"/> copies.
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

    /// <summary>Stops the registry where it stands (SIGSTOP): it accepts connections and answers nothing, until the return value is disposed of.</summary>
    public IDisposable Suspend() => _process!.Suspend();

    /// <summary>Starts the registry again on the same port and content; one that runs is killed first.</summary>
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

    /// <returns>False when the port is taken.</returns>
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

        throw new InvalidOperationException($"docker-registry ended by itself. Its log:\n{Log}");
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
        // Without a client certificate such a registry answers nothing. It has said that it listens: connections are accepted.
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

    // Expired and foreign certificates are served on purpose: being the configured one is what counts.
    private bool IsOwnCertificate(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        using var own = X509CertificateLoader.LoadCertificateFromFile(_options.Certificate!.CertificatePath);
        return own.Equals(certificate);
    }
}
