using System.Net;
using System.Text;

namespace MirrorValidate.RealRegistry.Tests.Fixtures;

public class SkopeoTests
{
    [RealRegistryTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Copying_all_of_a_list_keeps_its_bytes_and_every_image(bool oci)
    {
        await using var source = await DockerRegistryProcess.StartAsync();
        await using var destination = await DockerRegistryProcess.StartAsync();
        using var sourceClient = new HttpClient { BaseAddress = source.BaseAddress };
        var digests = await new TestImages(new HttpPush(sourceClient), oci).PushListAsync("app/web", "1", "amd64", "arm64");

        await Skopeo.CopyAsync($"{source.Host}/app/web:1", $"{destination.Host}/mirror/web:1", new SkopeoCopyOptions { PreserveDigests = true });

        Assert.Equal(digests[0], HttpPush.DigestOf(await Skopeo.InspectRawAsync($"{destination.Host}/mirror/web:1")));
        foreach (var digest in digests)
            Assert.Equal(digest, HttpPush.DigestOf(await Skopeo.InspectRawAsync($"{destination.Host}/mirror/web@{digest}")));
    }

    [RealRegistryFact]
    public async Task Format_and_compression_change_what_arrives()
    {
        await using var source = await DockerRegistryProcess.StartAsync();
        await using var destination = await DockerRegistryProcess.StartAsync();
        using var client = new HttpClient { BaseAddress = source.BaseAddress };
        await new TestImages(new HttpPush(client), oci: false).PushListAsync("app/web", "1", "amd64");

        await Skopeo.CopyAsync($"{source.Host}/app/web:1", $"{destination.Host}/app/web:1", new SkopeoCopyOptions
        {
            All = false,
            Format = "oci",
            CompressFormat = "zstd",
        });

        var manifest = Encoding.UTF8.GetString(await Skopeo.InspectRawAsync($"{destination.Host}/app/web:1"));
        Assert.Contains("application/vnd.oci.image.manifest.v1+json", manifest);
        Assert.Contains("tar+zstd", manifest);
    }

    [RealRegistryFact]
    public async Task Credentials_let_it_copy_and_delete()
    {
        var user = new NetworkCredential("mirror", "secret");
        await using var source = await DockerRegistryProcess.StartAsync();
        await using var destination = await DockerRegistryProcess.StartAsync(new DockerRegistryOptions { User = user });
        using var client = new HttpClient { BaseAddress = source.BaseAddress };
        await new TestImages(new HttpPush(client), oci: true).PushListAsync("app/web", "1", "amd64");
        var endpoint = new SkopeoEndpoint { Credential = user };
        var (from, to) = ($"{source.Host}/app/web:1", $"{destination.Host}/app/web:1");

        await Assert.ThrowsAsync<SkopeoException>(() => Skopeo.CopyAsync(from, to));
        await Skopeo.CopyAsync(from, to, new SkopeoCopyOptions { Destination = endpoint });
        await Skopeo.DeleteAsync(to, endpoint);

        var failure = await Assert.ThrowsAsync<SkopeoException>(() => Skopeo.InspectRawAsync(to, endpoint));
        Assert.Contains("manifest unknown", failure.StandardError);
    }
}
