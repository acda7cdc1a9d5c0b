using System.Diagnostics;

namespace MirrorValidate.RealRegistry.Tests.Fixtures;

/// <summary>
/// Runs the real <c>skopeo</c>, a common mirroring tool. References are <c>HOST/REPOSITORY[:TAG|@DIGEST]</c>, or have
/// the transport <c>oci:</c>, <c>oci-archive:</c> or <c>dir:</c>. It does not use credentials, trust policy or registry settings of the machine.
/// </summary>
public static class Skopeo
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    /// <summary><c>skopeo copy</c>.</summary>
    /// <exception cref="SkopeoException">It failed.</exception>
    public static Task CopyAsync(
        string source, string destination, SkopeoCopyOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new SkopeoCopyOptions();
        List<string> arguments = [.. options.GlobalArguments(), "copy", .. options.CopyArguments()];
        arguments.AddRange([Transport(source), Transport(destination)]);
        return RunAsync(arguments, cancellationToken);
    }

    /// <summary><c>skopeo sync --all</c> from one registry to another, both without TLS.</summary>
    /// <exception cref="SkopeoException">It failed.</exception>
    public static Task SyncRepositoryAsync(string repository, string destination, CancellationToken cancellationToken = default) => RunAsync(
        ["sync", "--all", "--src=docker", "--dest=docker", "--src-tls-verify=false", "--dest-tls-verify=false", repository, destination], cancellationToken);

    /// <summary><c>skopeo inspect --raw</c>: returns the manifest as the registry sent it.</summary>
    /// <exception cref="SkopeoException">It failed.</exception>
    public static Task<byte[]> InspectRawAsync(
        string image, SkopeoEndpoint? endpoint = null, CancellationToken cancellationToken = default) =>
        RunAsync(["inspect", "--raw", .. (endpoint ?? new()).Arguments(""), Transport(image)], cancellationToken);

    /// <summary><c>skopeo sync</c> of all platforms of the images in a YAML file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="destination">The registry and path to copy to, over plain HTTP.</param>
    /// <param name="cancellationToken">Ends the program.</param>
    /// <exception cref="SkopeoException">It failed.</exception>
    public static Task SyncAsync(string file, string destination, CancellationToken cancellationToken = default) =>
        RunAsync(["sync", "--all", "--src", "yaml", "--dest", "docker", "--dest-tls-verify=false", file, destination], cancellationToken);

    /// <summary>
    /// <c>skopeo delete</c>: removes the manifest that the reference points to, with all of its tags.
    /// </summary>
    /// <exception cref="SkopeoException">It failed.</exception>
    public static Task DeleteAsync(string image, SkopeoEndpoint? endpoint = null, CancellationToken cancellationToken = default) =>
        RunAsync(["delete", .. (endpoint ?? new()).Arguments(""), Transport(image)], cancellationToken);

    private static string Transport(string image) =>
        image.StartsWith("oci:", StringComparison.Ordinal)
        || image.StartsWith("oci-archive:", StringComparison.Ordinal)
        || image.StartsWith("dir:", StringComparison.Ordinal)
            ? image
            : $"docker://{image}";

    private static async Task<byte[]> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        using var home = new TemporaryDirectory();
        await File.WriteAllTextAsync(home["registries.conf"], "", cancellationToken);
        string[] isolation = ["--insecure-policy", "--registries.d", home.Path, "--tmpdir", home.Path];
        var start = new ProcessStartInfo(RealBinaries.Skopeo, [.. isolation, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["HOME"] = home.Path;
        start.Environment["XDG_RUNTIME_DIR"] = home.Path;
        start.Environment["CONTAINERS_REGISTRIES_CONF"] = home["registries.conf"];
        start.Environment["XDG_DATA_HOME"] = home.Path;

        // Root would share a cache of known blobs with earlier runs and skip blobs that the registries do not have.
        start.Environment["_CONTAINERS_ROOTLESS_UID"] = "65534";
        start.Environment.Remove("REGISTRY_AUTH_FILE");
        start.Environment.Remove("DOCKER_CONFIG");

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Deadline);
        using var process = Process.Start(start)!;
        try
        {
            using var output = new MemoryStream();
            var errors = process.StandardError.ReadToEndAsync(deadline.Token);
            await process.StandardOutput.BaseStream.CopyToAsync(output, deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            return process.ExitCode == 0
                ? output.ToArray()
                : throw new SkopeoException(arguments, process.ExitCode, await errors);
        }
        finally
        {
            // Does nothing if the process has ended.
            process.Kill();
        }
    }
}
