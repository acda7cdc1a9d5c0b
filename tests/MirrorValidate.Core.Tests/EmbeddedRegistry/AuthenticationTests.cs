using System.Net;
using System.Text.Json;
using MirrorValidate.Core.Tests.Registries;
using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;

namespace MirrorValidate.Core.Tests.Embedded;

public sealed class AuthenticationTests : RegistryTest
{
    private const string Pull = "/v2/library/a/manifests/1";
    private const string PullScope = "repository:library/a:pull";

    private readonly BearerAuthentication _bearer = new() { Users = new Dictionary<string, string> { ["user"] = "pass:word" } };

    protected override EmbeddedRegistryOptions Options => new() { Authentication = _bearer };

    [Theory]
    [InlineData(null, 401)]
    [InlineData("user:pass:word", 200)]
    [InlineData("user:wrong", 401)]
    [InlineData("nobody:pass:word", 401)]
    public async Task Basic_wants_a_user_and_the_password(string? pair, int status)
    {
        Registry.Options.Authentication = new BasicAuthentication("user", "pass:word") { Realm = "here" };
        SampleImages.Image("a").PutInto(Store, "library/a", "1");
        var authorization = pair?.Split(':', 2) is [var user, var password] ? Basic(user, password) : null;

        using var response = await SendAsync(HttpMethod.Get, Pull, authorization: authorization);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(status == 401 ? "Basic realm=\"here\"" : null, Header(response, "WWW-Authenticate"));
    }

    [Fact]
    public async Task Challenge_names_realm_service_and_scope()
    {
        var response = await SendAsync(HttpMethod.Get, Pull);

        Assert.Equal(
            $"Bearer realm=\"http://{Registry.Host}/token\",service=\"embedded-registry\",scope=\"{PullScope}\"",
            Header(response, "WWW-Authenticate"));
        await AssertErrorAsync(response, 401, "UNAUTHORIZED");
    }

    [Theory]
    [InlineData("GET", "/v2/", null)]
    [InlineData("HEAD", Pull, PullScope)]
    [InlineData("PUT", Pull, "repository:library/a:pull,push")]
    [InlineData("DELETE", Pull, "repository:library/a:delete")]
    [InlineData("POST", "/v2/library/a/blobs/uploads/", "repository:library/a:pull,push")]
    [InlineData("GET", "/v2/_catalog", "registry:catalog:*")]
    public async Task Scope_is_what_the_request_needs(string method, string path, string? scope)
    {
        using var response = await SendAsync(new HttpMethod(method), path);

        var challenge = Header(response, "WWW-Authenticate")!;
        Assert.Equal(scope is not null, challenge.Contains("scope=", StringComparison.Ordinal));
        Assert.EndsWith(scope is null ? "\"" : $",scope=\"{scope}\"", challenge, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_opens_what_it_is_for_and_nothing_else()
    {
        SampleImages.Image("a").PutInto(Store, "library/a", "1");
        var token = await TokenAsync("/token?scope=" + PullScope);

        using var pulled = await SendAsync(HttpMethod.Get, Pull, authorization: "Bearer " + token);
        using var other = await SendAsync(HttpMethod.Get, "/v2/library/b/manifests/1", authorization: "Bearer " + token);
        using var pushed = await SendAsync(HttpMethod.Delete, Pull, authorization: "Bearer " + token);

        Assert.Equal(HttpStatusCode.OK, pulled.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, other.StatusCode);
        Assert.EndsWith("error=\"insufficient_scope\"", Header(other, "WWW-Authenticate"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, pushed.StatusCode);
        Assert.Equal("user", Assert.Single(_bearer.Tokens.Issued).User);
    }

    [Fact]
    public async Task Token_ends_by_the_clock_and_when_it_is_revoked()
    {
        var clock = new ManualClock();
        _bearer.Tokens.Clock = clock;
        SampleImages.Image("a").PutInto(Store, "library/a", "1");
        var token = await TokenAsync("/token?scope=" + PullScope);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(token));
        clock.Now += _bearer.Lifetime - TimeSpan.FromSeconds(1);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(token));
        clock.Now += TimeSpan.FromSeconds(1);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(token));

        token = await TokenAsync("/token?scope=" + PullScope);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(token));
        _bearer.Tokens.RevokeAll();
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(token));
    }

    [Fact]
    public async Task Anonymous_gets_a_token_only_where_allowed_and_only_to_pull()
    {
        using var refused = await SendAsync(HttpMethod.Get, "/token?scope=" + PullScope);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);

        _bearer.AllowAnonymous = true;
        using var wrong = await SendAsync(HttpMethod.Get, "/token?scope=" + PullScope, authorization: Basic("user", "wrong"));
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);

        using var granted = await SendAsync(HttpMethod.Get, "/token?scope=repository:library/a:pull,push");
        Assert.Equal(HttpStatusCode.OK, granted.StatusCode);
        Assert.Equal("anonymous: " + PullScope, Assert.Single(_bearer.Tokens.Issued).ToString());
    }

    [Fact]
    public async Task Policy_decides_what_is_granted()
    {
        _bearer.Policy = (user, name, action) => user == "user" && name == "library/a" && action == "pull";

        await TokenAsync("/token?scope=repository:library/a:pull,push&scope=repository:library/b:pull");

        Assert.Equal("user: " + PullScope, Assert.Single(_bearer.Tokens.Issued).ToString());
    }

    [Theory]
    [InlineData(TokenFields.Both, null, "token,access_token,expires_in,issued_at", 300)]
    [InlineData(TokenFields.Token, 60, "token,expires_in,issued_at", 60)]
    [InlineData(TokenFields.AccessToken, -1, "access_token,issued_at", null)]
    [InlineData(TokenFields.None, -1, "issued_at", null)]
    public async Task Answer_has_the_members_told(TokenFields fields, int? expiresIn, string members, int? expected)
    {
        _bearer.Fields = fields;
        _bearer.ExpiresIn = expiresIn;

        using var answer = await AnswerAsync("/token?scope=" + PullScope);

        Assert.Equal(members, string.Join(',', answer.RootElement.EnumerateObject().Select(member => member.Name)));
        Assert.Equal(expected, answer.RootElement.TryGetProperty("expires_in", out var seconds) ? seconds.GetInt32() : null);
    }

    [Fact]
    public async Task Identity_token_is_exchanged_by_post()
    {
        _bearer.RefreshTokens = new Dictionary<string, string> { ["identity"] = "user" };
        SampleImages.Image("a").PutInto(Store, "library/a", "1");

        using var answer = await PostAsync(("grant_type", "refresh_token"), ("refresh_token", "identity"), ("scope", PullScope));

        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal("identity", document.RootElement.GetProperty("refresh_token").GetString());
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(document.RootElement.GetProperty("access_token").GetString()!));

        using var refused = await PostAsync(("grant_type", "refresh_token"), ("refresh_token", "other"), ("scope", PullScope));
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);

        _bearer.AcceptsPost = false;
        using var absent = await PostAsync(("grant_type", "refresh_token"), ("refresh_token", "identity"), ("scope", PullScope));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, absent.StatusCode);
    }

    [Fact]
    public async Task Password_grant_gives_an_identity_token_that_works()
    {
        using var first = await PostAsync(
            ("grant_type", "password"), ("username", "user"), ("password", "pass:word"), ("access_type", "offline"), ("scope", PullScope));
        using var document = JsonDocument.Parse(await first.Content.ReadAsStringAsync());
        var identity = document.RootElement.GetProperty("refresh_token").GetString()!;

        using var second = await PostAsync(("grant_type", "refresh_token"), ("refresh_token", identity), ("scope", PullScope));

        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
    }

    [Fact]
    public async Task Another_registry_can_be_the_token_server()
    {
        await using var server = await EmbeddedRegistry.StartAsync(new EmbeddedRegistryOptions { Authentication = _bearer });
        _bearer.Realm = server.BaseAddress + "token";
        SampleImages.Image("a").PutInto(Store, "library/a", "1");
        using var challenged = await SendAsync(HttpMethod.Get, Pull);
        Assert.Contains($"realm=\"http://{server.Host}/token\"", Header(challenged, "WWW-Authenticate"), StringComparison.Ordinal);

        var token = await TokenAsync(_bearer.Realm + "?scope=" + PullScope);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(token));
        Assert.Equal(1, server.Requests.Count);
    }

    private async Task<HttpStatusCode> StatusAsync(string token)
    {
        using var response = await SendAsync(HttpMethod.Get, Pull, authorization: "Bearer " + token);
        return response.StatusCode;
    }

    private async Task<string> TokenAsync(string address)
    {
        using var answer = await AnswerAsync(address);
        return answer.RootElement.GetProperty("token").GetString()!;
    }

    private async Task<JsonDocument> AnswerAsync(string address)
    {
        using var response = await SendAsync(HttpMethod.Get, address, authorization: Basic("user", "pass:word"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync());
    }

    private async Task<HttpResponseMessage> PostAsync(params (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await Client.PostAsync("/token", content);
    }
}
