using System.Net;
using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;
using MirrorValidate.RealRegistry.Tests.Fixtures;

namespace MirrorValidate.RealRegistry.Tests.Interoperability;

/// <summary>The embedded registry with real programs: skopeo as its client, docker-registry as its peer.</summary>
public sealed class EmbeddedRegistryTests : IAsyncLifetime
{
    private static readonly string[] _allKinds =
        ["docker list", "oci index", "attestations", "docker image", "oci image", "windows"];

    private EmbeddedRegistry _registry = null!;

    public static TheoryData<string> Kinds => new(_allKinds);

    public async Task InitializeAsync() => _registry = await EmbeddedRegistry.StartAsync();

    public async Task DisposeAsync() => await _registry.DisposeAsync();

    [RealRegistryTheory]
    [MemberData(nameof(Kinds))]
    public async Task Skopeo_copies_between_embedded_registries(string kind)
    {
        await using EmbeddedRegistry other = await EmbeddedRegistry.StartAsync();
        BuiltManifest image = Build(kind);
        image.PutInto(_registry.Store, "library/a", "1");

        await Skopeo.CopyAsync($"{_registry.Host}/library/a:1", $"{other.Host}/mirror/a:1");

        AssertWhole(other.Store, "mirror/a", image);
        Assert.True(other.Store.TryGetManifest("mirror/a", "1", out var top));
        Assert.Equal(image.Digest, top.Digest);
    }

    [RealRegistryTheory]
    [MemberData(nameof(Kinds))]
    public async Task Skopeo_copies_to_docker_registry_and_back(string kind)
    {
        BuiltManifest image = Build(kind);
        image.PutInto(_registry.Store, "library/a", "1");
        await using DockerRegistryProcess real = await DockerRegistryProcess.StartAsync();

        await Skopeo.CopyAsync($"{_registry.Host}/library/a:1", $"{real.Host}/library/a:1");
        await Skopeo.CopyAsync($"{real.Host}/library/a:1", $"{_registry.Host}/back/a:1");

        AssertWhole(_registry.Store, "back/a", image);
    }

    [RealRegistryFact]
    public async Task Docker_registry_takes_what_the_pusher_sends_and_gives_it_the_same_digests()
    {
        await using DockerRegistryProcess real =
            await DockerRegistryProcess.StartAsync(new DockerRegistryOptions { Schema1 = true });
        using RegistryPusher pusher = real.CreatePusher();
        BuiltManifest[] images =
        [
            .. _allKinds.Select(Build),
            SampleImages.NestedIndex("a"),
            ArtifactBuilder.HelmChart("a"),
            SampleImages.Schema1("a", "library/a", "signed"),
        ];

        foreach (BuiltManifest image in images)
        {
            bool isSigned = image.MediaType == RegistryMediaTypes.DockerSchema1Signed;
            Assert.Equal(image.Digest, await pusher.PushAsync(image, "library/a", isSigned ? "signed" : "other"));
        }
    }

    [RealRegistryTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Skopeo_logs_in_over_tls(bool bearer)
    {
        using var authority = CertificateFactory.CreateAuthority();
        using var certificate = CertificateFactory.CreateServer(authority, ["127.0.0.1"]);
        var users = new Dictionary<string, string> { ["user"] = "password" };
        await using EmbeddedRegistry guarded = await EmbeddedRegistry.StartAsync(new EmbeddedRegistryOptions
        {
            ServerCertificate = certificate,
            Authentication = bearer
                ? new BearerAuthentication { Users = users }
                : new BasicAuthentication { Users = users },
        });
        BuiltManifest image = SampleImages.DockerList("a");
        image.PutInto(_registry.Store, "library/a", "1");
        using var directory = new TemporaryDirectory();
        await File.WriteAllTextAsync(directory["ca.crt"], authority.ExportCertificatePem());

        await Skopeo.CopyAsync($"{_registry.Host}/library/a:1", $"{guarded.Host}/library/a:1", new SkopeoCopyOptions
        {
            Destination = new SkopeoEndpoint
            {
                Credential = new NetworkCredential("user", "password"),
                CertificateDirectory = directory.Path,
            },
        });

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
}
