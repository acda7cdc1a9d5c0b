using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;

namespace MirrorValidate.Core.Tests.Embedded;

/// <summary>
/// The embedded registry against real parts: skopeo as its client, CNCF Distribution as its peer. Skipped where the Debian packages
/// skopeo and docker-registry are not installed, unless MIRRORVALIDATE_REQUIRE_REAL_REGISTRY=1 says that they must be.
/// </summary>
public sealed class InteroperabilityTests : RegistryTest
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private static readonly string[] AllKinds = ["docker list", "oci index", "attestations", "docker image", "oci image", "windows"];

    public static TheoryData<string> Kinds => new(AllKinds);

    [SkippableTheory]
    [MemberData(nameof(Kinds))]
    public async Task Skopeo_copies_between_embedded_registries(string kind)
    {
        Require("skopeo");
        await using var other = await EmbeddedRegistry.StartAsync();
        var image = Build(kind);
        image.PutInto(Store, "library/a", "1");

        await CopyAsync($"{Registry.Host}/library/a:1", $"{other.Host}/mirror/a:1");

        AssertWhole(other.Store, "mirror/a", image);
        Assert.True(other.Store.TryGetManifest("mirror/a", "1", out var top));
        Assert.Equal(image.Digest, top.Digest);
    }

    [SkippableTheory]
    [MemberData(nameof(Kinds))]
    public async Task Skopeo_copies_to_distribution_and_back(string kind)
    {
        Require("skopeo");
        Require("docker-registry");
        var image = Build(kind);
        image.PutInto(Store, "library/a", "1");
        await using var real = await Distribution.StartAsync();

        await CopyAsync($"{Registry.Host}/library/a:1", $"{real.Host}/library/a:1");
        await CopyAsync($"{real.Host}/library/a:1", $"{Registry.Host}/back/a:1");

        AssertWhole(Store, "back/a", image);
    }

    [SkippableFact]
    public async Task Distribution_takes_what_the_pusher_sends_and_gives_it_the_same_digests()
    {
        Require("docker-registry");
        await using var real = await Distribution.StartAsync();
        using var pusher = new RegistryPusher(new Uri($"http://{real.Host}/"));
        BuiltManifest[] images =
        [
            .. AllKinds.Select(Build),
            SampleImages.NestedIndex("a"),
            ArtifactBuilder.HelmChart("a"),
            SampleImages.Schema1("a", "library/a", "signed"),
        ];

        foreach (var image in images)
        {
            var isSigned = image.MediaType == RegistryMediaTypes.DockerSchema1Signed;

            Assert.Equal(image.Digest, await pusher.PushAsync(image, "library/a", isSigned ? "signed" : "other"));
        }
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Skopeo_logs_in_over_tls(bool bearer)
    {
        Require("skopeo");
        using var authority = CertificateFactory.CreateAuthority();
        using var certificate = CertificateFactory.CreateServer(authority, ["127.0.0.1"]);
        var users = new Dictionary<string, string> { ["user"] = "password" };
        await using var guarded = await EmbeddedRegistry.StartAsync(new EmbeddedRegistryOptions
        {
            ServerCertificate = certificate,
            Authentication = bearer ? new BearerAuthentication { Users = users } : new BasicAuthentication { Users = users },
        });
        var image = SampleImages.DockerList("a");
        image.PutInto(Store, "library/a", "1");
        using var directory = new TemporaryDirectory();
        await File.WriteAllTextAsync(Path.Combine(directory.Path, "ca.crt"), authority.ExportCertificatePem());

        await RunAsync(
            "skopeo", "copy", "-q", "--all", "--src-tls-verify=false", "--dest-cert-dir", directory.Path, "--dest-creds", "user:password",
            $"docker://{Registry.Host}/library/a:1", $"docker://{guarded.Host}/library/a:1");

        AssertWhole(guarded.Store, "library/a", image);
    }

    private static BuiltManifest Build(string kind) => kind switch
    {
        "docker list" => SampleImages.DockerList("a"),
        "oci index" => SampleImages.OciIndex("a"),
        "attestations" => SampleImages.OciIndex("a", attestations: true),
        "docker image" => SampleImages.Image("a"),
        "oci image" => SampleImages.Image("a", ImageFormat.Oci),
        _ => SampleImages.WindowsList("a"),
    };

    private static void AssertWhole(RegistryStore store, string repository, BuiltManifest image)
    {
        Assert.True(store.TryGetManifest(repository, image.Digest, out var stored), image.Digest);
        Assert.Equal(image.MediaType, stored.MediaType);
        Assert.Equal(image.Content.ToArray(), stored.Content.ToArray());
        Assert.All(image.Blobs, blob =>
        {
            Assert.True(store.TryGetBlob(repository, blob.Digest, out var found), blob.Digest);
            Assert.Equal(blob.Content.ToArray(), found.ToArray());
        });
        Assert.All(image.Children, child => AssertWhole(store, repository, child));
    }

    private static Task CopyAsync(string source, string destination) =>
        RunAsync("skopeo", "copy", "-q", "--all", "--src-tls-verify=false", "--dest-tls-verify=false", $"docker://{source}", $"docker://{destination}");

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var errors = await process.StandardError.ReadToEndAsync().WaitAsync(Limit);
        await process.WaitForExitAsync().WaitAsync(Limit);
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {errors}");
    }

    private static void Require(string program)
    {
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
        if (Environment.GetEnvironmentVariable("MIRRORVALIDATE_REQUIRE_REAL_REGISTRY") == "1")
        {
            Assert.True(found, $"{program} is not installed (Debian: apt-get install {program}).");
        }

        Skip.IfNot(found, $"{program} is not installed (Debian: apt-get install {program}).");
    }

    private sealed class TemporaryDirectory : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("registry-tests-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }

    /// <summary>A docker-registry process with an empty store, schema 1 allowed.</summary>
    private sealed class Distribution(Process process, TemporaryDirectory directory, int port) : IAsyncDisposable
    {
        public string Host => $"127.0.0.1:{port}";

        public static async Task<Distribution> StartAsync()
        {
            var directory = new TemporaryDirectory();
            var port = FreePort();
            var configuration = Path.Combine(directory.Path, "config.yml");
            await File.WriteAllTextAsync(configuration, $$$"""
                version: 0.1
                log: {level: error, accesslog: {disabled: true}}
                storage: {filesystem: {rootdirectory: {{{directory.Path}}}}}
                http: {addr: 127.0.0.1:{{{port}}}}
                compatibility: {schema1: {enabled: true}}
                """);
            var process = Process.Start(new ProcessStartInfo("docker-registry", ["serve", configuration])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            var registry = new Distribution(process, directory, port);
            try
            {
                await registry.UntilReadyAsync();
            }
            catch
            {
                await registry.DisposeAsync();
                throw;
            }

            return registry;
        }

        public async ValueTask DisposeAsync()
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
            directory.Dispose();
        }

        private async Task UntilReadyAsync()
        {
            using var timeout = new CancellationTokenSource(Limit);
            while (true)
            {
                Assert.False(process.HasExited, "docker-registry ended at once.");
                try
                {
                    using var probe = new TcpClient();
                    await probe.ConnectAsync(IPAddress.Loopback, port, timeout.Token);
                    return;
                }
                catch (SocketException)
                {
                    await Task.Delay(20, timeout.Token);
                }
            }
        }

        private static int FreePort()
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
    }
}
