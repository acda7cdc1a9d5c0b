using System.Net;
using System.Text;
using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;

namespace MirrorValidate.RealRegistry.Tests.Fixtures;

public class SkopeoTests
{
    [RealRegistryTheory]
    [InlineData(ImageFormat.Docker)]
    [InlineData(ImageFormat.Oci)]
    public async Task Copying_all_of_a_list_keeps_its_bytes_and_every_image(ImageFormat format)
    {
        var list = format == ImageFormat.Docker ? SampleImages.DockerList("list") : SampleImages.OciIndex("list", attestations: true);
        await using var source = await StartAsync(list);
        await using var destination = await DockerRegistryProcess.StartAsync();

        await Skopeo.CopyAsync($"{source.Host}/app/web:1", $"{destination.Host}/mirror/web:1", new SkopeoCopyOptions { PreserveDigests = true });

        Assert.Equal(list.Content.ToArray(), await Skopeo.InspectRawAsync($"{destination.Host}/mirror/web:1"));
        foreach (var child in list.Children)
            Assert.Equal(child.Content.ToArray(), await Skopeo.InspectRawAsync($"{destination.Host}/mirror/web@{child.Digest}"));
    }

    [RealRegistryFact]
    public async Task Format_and_compression_change_what_arrives()
    {
        await using var source = await StartAsync(SampleImages.DockerList("list"));
        await using var destination = await DockerRegistryProcess.StartAsync();

        await Skopeo.CopyAsync($"{source.Host}/app/web:1", $"{destination.Host}/app/web:1", new SkopeoCopyOptions
        {
            All = false,
            Format = "oci",
            CompressFormat = "zstd",
        });

        var manifest = Encoding.UTF8.GetString(await Skopeo.InspectRawAsync($"{destination.Host}/app/web:1"));
        Assert.Contains(RegistryMediaTypes.OciManifest, manifest);
        Assert.Contains("tar+zstd", manifest);
    }

    [RealRegistryFact]
    public async Task Credentials_let_it_copy_and_delete()
    {
        var user = new NetworkCredential("mirror", "secret");
        await using var source = await StartAsync(SampleImages.Image("image"));
        await using var destination = await DockerRegistryProcess.StartAsync(new DockerRegistryOptions { User = user });
        var endpoint = new SkopeoEndpoint { Credential = user };
        var (from, to) = ($"{source.Host}/app/web:1", $"{destination.Host}/app/web:1");

        await Assert.ThrowsAsync<SkopeoException>(() => Skopeo.CopyAsync(from, to));
        await Skopeo.CopyAsync(from, to, new SkopeoCopyOptions { Destination = endpoint });
        await Skopeo.DeleteAsync(to, endpoint);

        var failure = await Assert.ThrowsAsync<SkopeoException>(() => Skopeo.InspectRawAsync(to, endpoint));
        Assert.Contains("manifest unknown", failure.StandardError);
    }

    [RealRegistryFact]
    public async Task Tokens_and_certificates_let_it_copy_to_where_nothing_else_can_push()
    {
        using var directory = new TemporaryDirectory();
        var certificates = new TestCertificates(directory.Path);
        var user = new NetworkCredential("mirror", "secret");
        await using var tokens = await TokenServer.StartAsync(new TokenServerOptions { User = user });
        await using var source = await StartAsync(SampleImages.Image("image"));
        await using var destination = await DockerRegistryProcess.StartAsync(new DockerRegistryOptions
        {
            Token = tokens.Authentication,
            Certificate = certificates.Server,
            ClientAuthority = certificates.AuthorityPath,
        });
        var endpoint = new SkopeoEndpoint
        {
            Credential = user,
            CertificateDirectory = certificates.WriteCertificateDirectory(directory["certs.d"], destination.Host, withClient: true),
        };

        await Skopeo.CopyAsync(
            $"{source.Host}/app/web:1", $"{destination.Host}/app/web:1", new SkopeoCopyOptions { Destination = endpoint });

        Assert.Equal(
            await Skopeo.InspectRawAsync($"{source.Host}/app/web:1"),
            await Skopeo.InspectRawAsync($"{destination.Host}/app/web:1", endpoint));
    }

    private static async Task<DockerRegistryProcess> StartAsync(BuiltManifest manifest)
    {
        var registry = await DockerRegistryProcess.StartAsync();
        using var pusher = registry.CreatePusher();
        await pusher.PushAsync(manifest, "app/web", "1");
        return registry;
    }
}
