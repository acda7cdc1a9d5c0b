using MirrorValidate.References;

namespace MirrorValidate.Registries;

/// <summary>How registries are reached.</summary>
internal sealed record RegistryOptions
{
    /// <summary>How often a request is sent again after a transient fault.</summary>
    /// <value>Default 5, so six attempts at most; 0 for none.</value>
    public int MaximumRetryCount { get; init; } = 5;

    /// <summary>How long one attempt may take, its body included.</summary>
    /// <value>Default 60 seconds.</value>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The first delay between attempts; it doubles, with jitter, up to <see cref="MaximumRetryDelay"/>.</summary>
    /// <value>Default 200 ms.</value>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest delay between attempts that the registry did not ask for itself.</summary>
    /// <value>Default 10 seconds.</value>
    public TimeSpan MaximumRetryDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Registries for which plain HTTP or an unverified certificate is accepted.</summary>
    public IReadOnlyCollection<RegistryHost> InsecureRegistries { get; init; } = [];

    /// <summary>Hosts that token realms may name besides the registry's own.</summary>
    public IReadOnlyCollection<RegistryHost> TrustedRealms { get; init; } = [];

    /// <summary>
    /// Directories with the certificates of single registries, in Docker's layout: <c>HOST[:PORT]/*.crt</c> for authorities,
    /// <c>*.cert</c> and <c>*.key</c> for this client.
    /// </summary>
    /// <value>Default <see cref="SystemCertificateDirectories"/>.</value>
    public IReadOnlyList<string> CertificateDirectories { get; init; } = SystemCertificateDirectories;

    /// <summary>How long a registry that does not answer is left alone before it is tried again.</summary>
    /// <value>Default 15 seconds.</value>
    public TimeSpan BreakDuration { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The directories that docker and the containers tools share.</summary>
    public static IReadOnlyList<string> SystemCertificateDirectories { get; } = ["/etc/docker/certs.d", "/etc/containers/certs.d"];

    /// <summary>The limits of what is taken from a registry.</summary>
    public RegistryLimits Limits { get; init; } = new();

    /// <summary>Whether the user named a host insecure; a name without a port names every port of the host.</summary>
    internal bool IsInsecure(RegistryHost host) => Names(InsecureRegistries, host);

    /// <summary>Whether the user trusts a host with the credentials of registries that name it as their realm.</summary>
    internal bool IsTrustedRealm(RegistryHost host) => Names(TrustedRealms, host);

    private static bool Names(IReadOnlyCollection<RegistryHost> hosts, RegistryHost host) =>
        hosts.Any(named => named.Equals(host)
            || (named.Port is null && named.HostName.Equals(host.HostName, StringComparison.OrdinalIgnoreCase)));
}
