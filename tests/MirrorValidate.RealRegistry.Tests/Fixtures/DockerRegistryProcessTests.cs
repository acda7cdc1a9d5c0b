using System.Net;
using System.Net.Http.Headers;
using System.Text;
using MirrorValidate.Embedded.Images;

namespace MirrorValidate.RealRegistry.Tests.Fixtures;

public class DockerRegistryProcessTests
{
    [RealRegistryFact]
    public async Task Serves_what_was_pushed_before_it_was_killed_and_restarted()
    {
        await using var registry = await DockerRegistryProcess.StartAsync();
        using var pusher = registry.CreatePusher();
        using var client = new HttpClient();
        var blob = new BuiltBlob("text/plain", "content"u8.ToArray());
        await pusher.PushBlobAsync("a/b", blob);
        var address = new Uri(registry.BaseAddress, $"/v2/a/b/blobs/{blob.Digest}");

        await registry.KillAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(address));

        await registry.RestartAsync();
        Assert.Equal("content", await client.GetStringAsync(address));
    }

    [RealRegistryFact]
    public async Task Leaves_neither_files_nor_a_listener_behind()
    {
        var registry = await DockerRegistryProcess.StartAsync();
        var address = new Uri(registry.BaseAddress, "/v2/");
        var root = registry.RootDirectory;
        await registry.DisposeAsync();

        using var client = new HttpClient();
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(address));
        Assert.False(Directory.Exists(Path.GetDirectoryName(root)));
    }

    [RealRegistryFact]
    public async Task Htpasswd_admits_the_one_user_only()
    {
        var user = new NetworkCredential("mirror", "a \"quoted\": päss");
        await using var registry = await DockerRegistryProcess.StartAsync(new DockerRegistryOptions { User = user });
        using var client = new HttpClient { BaseAddress = registry.BaseAddress };

        using var anonymous = await client.GetAsync(new Uri("/v2/", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Unauthorized, anonymous.StatusCode);
        Assert.Equal("Basic", Assert.Single(anonymous.Headers.WwwAuthenticate).Scheme);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, user.UserName, user.Password));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(client, user.UserName, "wrong"));

        using var pusher = registry.CreatePusher();
        await pusher.PushAsync(SampleImages.Image("one"), "a/b", "1");
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string user, string password)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v2/");
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }
}
