using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MirrorValidate.RealRegistry.Tests.Fixtures;

public class TokenServerTests
{
    private static readonly NetworkCredential User = new("mirror", "secret");

    [RealRegistryFact]
    public async Task Registry_takes_the_tokens_it_sends_clients_for()
    {
        await using var tokens = await TokenServer.StartAsync(new TokenServerOptions { User = User });
        await using var registry = await StartRegistryAsync(tokens);
        using var client = new HttpClient { BaseAddress = registry.BaseAddress };
        var address = new Uri("/v2/a/b/tags/list", UriKind.Relative);

        using var refused = await client.GetAsync(address);
        var challenge = Assert.Single(refused.Headers.WwwAuthenticate);
        Assert.Equal("Bearer", challenge.Scheme);
        Assert.Contains($"realm=\"{tokens.Realm}\"", challenge.Parameter);
        Assert.Contains("scope=\"repository:a/b:pull\"", challenge.Parameter);

        var token = await TokenAsync(tokens, "repository:a/b:pull");
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        // The name is unknown, but the token was accepted.
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(address)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(new Uri("/v2/a/c/tags/list", UriKind.Relative))).StatusCode);

        var request = Assert.Single(tokens.Requests);
        Assert.Equal("repository:a/b:pull", Assert.Single(request.Scopes).ToString());
        Assert.StartsWith("Basic ", request.Authorization);
    }

    [RealRegistryFact]
    public async Task Registry_refuses_an_expired_token_and_one_that_grants_less()
    {
        await using var tokens = await TokenServer.StartAsync();
        await using var registry = await StartRegistryAsync(tokens);
        using var client = new HttpClient { BaseAddress = registry.BaseAddress };

        tokens.Options = new TokenServerOptions { TokenLifetime = TimeSpan.FromMinutes(-2) };
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(client, await TokenAsync(tokens, "repository:a/b:pull")));

        tokens.Options = new TokenServerOptions { Grant = scope => scope with { Actions = [] } };
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(client, await TokenAsync(tokens, "repository:a/b:pull")));

        tokens.Options = new TokenServerOptions();
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(client, await TokenAsync(tokens, "repository:a/b:pull")));
    }

    [Fact]
    public async Task Wrong_credentials_get_no_token_and_an_identity_token_does()
    {
        await using var tokens = await TokenServer.StartAsync(new TokenServerOptions { User = User, IdentityToken = "identity" });
        using var client = new HttpClient();

        using var anonymous = await client.GetAsync(tokens.Realm);
        Assert.Equal(HttpStatusCode.Unauthorized, anonymous.StatusCode);

        using var good = Exchange("identity");
        using var granted = await client.PostAsync(tokens.Realm, good);
        Assert.NotNull((await granted.Content.ReadFromJsonAsync<JsonObject>())!["access_token"]);

        using var bad = Exchange("other");
        using var refused = await client.PostAsync(tokens.Realm, bad);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    private static FormUrlEncodedContent Exchange(string identityToken) => new(new Dictionary<string, string>
    {
        ["grant_type"] = "refresh_token",
        ["refresh_token"] = identityToken,
        ["scope"] = "repository:a/b:pull",
    });

    private static Task<DockerRegistryProcess> StartRegistryAsync(TokenServer tokens) =>
        DockerRegistryProcess.StartAsync(new DockerRegistryOptions { Token = tokens.Authentication });

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v2/a/b/tags/list");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }

    private static async Task<string> TokenAsync(TokenServer tokens, string scope)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User.UserName}:{User.Password}")));
        var answer = await client.GetFromJsonAsync<JsonElement>($"{tokens.Realm}?service=x&scope={Uri.EscapeDataString(scope)}");
        return answer.GetProperty("token").GetString()!;
    }
}
