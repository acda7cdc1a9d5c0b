using MirrorValidate.References;

namespace MirrorValidate.Registries;

/// <summary>Options for connecting to registries.</summary>
internal sealed record RegistryOptions
{
    /// <summary>The maximum number of retries of a request after transient faults.</summary>
    /// <value>Default 5, so six attempts at most; 0 for none.</value>
    public int MaximumRetryCount { get; init; } = 5;

    /// <summary>The timeout of one attempt, including its body.</summary>
    /// <value>Default 60 seconds.</value>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// The delay before the first retry. It doubles, with jitter, up to <see cref="MaximumRetryDelay"/>.
    /// </summary>
    /// <value>Default 200 ms.</value>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The maximum delay between attempts, unless the registry asks for a longer one.</summary>
    /// <value>Default 10 seconds.</value>
    public TimeSpan MaximumRetryDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The maximum number of requests per second to a host.</summary>
    /// <value>Default <see langword="null"/> for no limit.</value>
    public double? RequestsPerSecond { get; init; }

    /// <summary>Registries for which plain HTTP or an unverified certificate is accepted.</summary>
    public IReadOnlyCollection<RegistryHost> InsecureRegistries { get; init; } = [];

    /// <summary>Hosts that a registry may name as its token realm, in addition to those of its own domain.</summary>
    public IReadOnlyCollection<RegistryHost> TrustedRealms { get; init; } = [];

    /// <summary>
    /// Directories with certificates for individual registries, in Docker's layout: <c>HOST[:PORT]/*.crt</c> for
    /// authorities, <c>*.cert</c> and <c>*.key</c> for client certificates.
    /// </summary>
    /// <value>Default <see cref="SystemCertificateDirectories"/>.</value>
    public IReadOnlyList<string> CertificateDirectories { get; init; } = SystemCertificateDirectories;

    /// <summary>How long no requests are sent to a registry that does not answer.</summary>
    /// <value>Default 15 seconds.</value>
    public TimeSpan BreakDuration { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// The system's certificate directories of docker and the containers tools. None on Windows, where any user may
    /// create <c>C:\etc</c>.
    /// </summary>
    public static IReadOnlyList<string> SystemCertificateDirectories { get; } =
        OperatingSystem.IsWindows() ? [] : ["/etc/docker/certs.d", "/etc/containers/certs.d"];

    /// <summary>The limits on what is read from a registry.</summary>
    public RegistryLimits Limits { get; init; } = new();

    /// <summary>
    /// Whether a host is in <see cref="InsecureRegistries"/>. A name without a port includes every port.
    /// </summary>
    internal bool IsInsecure(RegistryHost host) => Names(InsecureRegistries, host);

    /// <summary>Whether a host is in <see cref="TrustedRealms"/>. A name without a port includes every port.</summary>
    internal bool IsTrustedRealm(RegistryHost host) => Names(TrustedRealms, host);

    private static bool Names(IReadOnlyCollection<RegistryHost> hosts, RegistryHost host) =>
        hosts.Any(named => named.Equals(host)
            || (named.Port is null && named.HostName.Equals(host.HostName, StringComparison.OrdinalIgnoreCase)));
}
