namespace MirrorValidate.RealRegistry.Tests.Fixtures;

/// <summary>Finds the programs that these tests run: CNCF Distribution and skopeo, both from PATH.</summary>
public static class RealBinaries
{
    /// <summary>Set to 1 to fail the tests instead of skipping them if a program is missing.</summary>
    public const string RequireVariable = "MIRRORVALIDATE_REQUIRE_REAL_REGISTRY";

    private const string DockerRegistryName = "docker-registry";
    private const string SkopeoName = "skopeo";

    /// <summary>Path of <c>docker-registry</c>.</summary>
    /// <exception cref="InvalidOperationException">It is not on PATH.</exception>
    public static string DockerRegistry => Require(DockerRegistryName);

    /// <summary>Path of <c>skopeo</c>.</summary>
    /// <exception cref="InvalidOperationException">It is not on PATH.</exception>
    public static string Skopeo => Require(SkopeoName);

    /// <summary>
    /// Why the tests are skipped; null if all programs are installed or <see cref="RequireVariable"/> is set. In the
    /// latter case the first use of a missing program fails the test.
    /// </summary>
    public static string? SkipReason
    {
        get
        {
            if (Environment.GetEnvironmentVariable(RequireVariable) == "1")
                return null;

            var missing = new[] { DockerRegistryName, SkopeoName }.Where(name => Find(name) is null).ToArray();
            return missing.Length == 0 ? null : MissingMessage(missing);
        }
    }

    private static string Require(string name) =>
        Find(name) ?? throw new InvalidOperationException(MissingMessage(name));

    private static string MissingMessage(params string[] names) =>
        $"{string.Join(" and ", names)} not found on PATH; on Debian or Ubuntu: apt-get install -y {DockerRegistryName} {SkopeoName}";

    private static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(directory => Path.Combine(directory, name))
            .FirstOrDefault(File.Exists);
}
