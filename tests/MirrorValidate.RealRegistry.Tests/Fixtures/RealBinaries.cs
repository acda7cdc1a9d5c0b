namespace MirrorValidate.RealRegistry.Tests.Fixtures;

/// <summary>Finds the programs that these tests run: CNCF Distribution, skopeo and OpenSSH.</summary>
public static class RealBinaries
{
    /// <summary>Set to 1 to fail the tests instead of skipping them if a program is missing.</summary>
    public const string RequireVariable = "MIRRORVALIDATE_REQUIRE_REAL_REGISTRY";

    private static readonly Program _dockerRegistry = new("docker-registry", Package: "docker-registry");
    private static readonly Program _skopeo = new("skopeo", Package: "skopeo");
    private static readonly Program _sshd = new("sshd", Package: "openssh-server");
    private static readonly Program _sshKeygen = new("ssh-keygen", Package: "openssh-client");
    private static readonly Program _ssh = new("ssh", Package: "openssh-client");

    /// <summary>Path of <c>docker-registry</c>.</summary>
    /// <exception cref="InvalidOperationException">It is not installed.</exception>
    public static string DockerRegistry => Require(_dockerRegistry);

    /// <summary>Path of <c>skopeo</c>.</summary>
    /// <exception cref="InvalidOperationException">It is not installed.</exception>
    public static string Skopeo => Require(_skopeo);

    /// <summary>Path of <c>sshd</c>.</summary>
    /// <exception cref="InvalidOperationException">It is not installed.</exception>
    public static string Sshd => Require(_sshd);

    /// <summary>Path of <c>ssh-keygen</c>.</summary>
    /// <exception cref="InvalidOperationException">It is not installed.</exception>
    public static string SshKeygen => Require(_sshKeygen);

    /// <summary>
    /// Why tests with registries are skipped; null if docker-registry and skopeo are installed or
    /// <see cref="RequireVariable"/> is set. In the latter case the first use of a missing program fails the test.
    /// </summary>
    public static string? SkipReason => SkipReasonOf(_dockerRegistry, _skopeo);

    /// <summary>Why tests with SSH are skipped, as <see cref="SkipReason"/>.</summary>
    public static string? SshSkipReason =>
        OperatingSystem.IsLinux() ? SkipReasonOf(_sshd, _ssh, _sshKeygen) : "sshd is only started on Linux";

    private static string? SkipReasonOf(params Program[] programs)
    {
        if (Environment.GetEnvironmentVariable(RequireVariable) == "1") return null;
        Program[] missing = [.. programs.Where(program => Find(program.Name) is null)];
        return missing.Length == 0 ? null : MissingMessage(missing);
    }

    private static string Require(Program program) =>
        Find(program.Name) ?? throw new InvalidOperationException(MissingMessage(program));

    private static string MissingMessage(params Program[] programs) =>
        $"{string.Join(" and ", programs.Select(program => program.Name))} not found; on Debian or Ubuntu: "
        + $"apt-get install -y {string.Join(' ', programs.Select(program => program.Package).Distinct())}";

    // Servers are in sbin, which is not on everybody's PATH.
    private static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Concat(["/usr/sbin", "/usr/local/sbin"])
            .Select(directory => Path.Combine(directory, name))
            .FirstOrDefault(File.Exists);

    private sealed record Program(string Name, string Package);
}
