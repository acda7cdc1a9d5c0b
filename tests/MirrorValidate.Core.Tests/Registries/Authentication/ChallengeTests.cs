using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;
using MirrorValidate.Registries;
using MirrorValidate.Registries.Authentication;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Registries.Authentication;

/// <summary>Challenges beyond the plain one: Basic beside Bearer, scopes of a rewriting front, token servers that redirect.</summary>
public sealed class ChallengeTests : IAsyncLifetime
{
    private const string Password = "correct horse";

    private static readonly Dictionary<string, string> Users = new() { ["mirror"] = Password };

    private Mirror _mirror = null!;

    private EmbeddedRegistry Registry => _mirror.Destination;

    private IReadOnlyList<RecordedRequest> TokenRequests => Registry.Requests.Where(request => request.Path.EndsWith("/token", StringComparison.Ordinal));

    private IReadOnlyList<RecordedRequest> Passwords => Registry.Requests.Where(
        request => request.Path.StartsWith("/v2/", StringComparison.Ordinal) && request.Authorization?.StartsWith("Basic ", StringComparison.Ordinal) == true);

    public async Task InitializeAsync() => _mirror = await Mirror.StartAsync();

    public async Task DisposeAsync() => await _mirror.DisposeAsync();

    public static TheoryData<string[]> Unusable =>
    [
        ["Bearer realm=\"token please\"", "Basic realm=\"x\""],
        ["Basic realm=\"x\"", "Bearer realm=\"token please\""],
        ["Bearer realm=\"token please\", Basic realm=\"x\""],
        ["Basic realm=\"x\", Bearer service=\"y\""],
        ["Bearer realm=\"https://collector.example.net/token\"", "Basic realm=\"x\""],
        ["Bearer realm=\"http://{host}/gone\"", "Basic realm=\"x\""],
        ["Bearer realm=\"http://{host}/page\"", "Basic realm=\"x\""],
        ["Negotiate", "Bearer", "Basic"],
    ];

    [Theory]
    [MemberData(nameof(Unusable))]
    public async Task Basic_is_tried_where_Bearer_cannot_work(string[] challenges)
    {
        Offer(challenges);
        using var run = Mirrorer();

        Passed(await run.ValidateAsync(_mirror.Line));

        Registry.Requests.Clear();
        Passed(await run.ValidateAsync(_mirror.Line));
        Assert.Equal(3, Registry.Requests.Count);
    }

    [Theory]
    [InlineData("Bearer realm=\"http://{host}/made/token\"", "Basic realm=\"x\"")]
    [InlineData("Basic realm=\"x\", Bearer realm=\"http://{host}/made/token\"", null)]
    public async Task Basic_is_tried_where_a_fresh_token_is_refused(string first, string? second)
    {
        Offer(second is null ? [first] : [first, second]);
        using var run = Mirrorer();

        Passed(await run.ValidateAsync(_mirror.Line));

        Assert.Single(TokenRequests);
        Registry.Requests.Clear();
        Passed(await run.ValidateAsync(_mirror.Line));
        Assert.Equal(3, Registry.Requests.Count);
    }

    [Fact]
    public async Task Basic_is_tried_where_it_is_offered_only_after_the_token_was_refused()
    {
        Registry.Options.Authentication = new BasicAuthentication { Users = Users };
        Registry.Faults.Add(Refusing(context => context.Request.Headers.Authorization.Count == 0, $"Bearer realm=\"http://{Registry.Host}/made/token\""));
        Registry.Faults.Add(new Fault { Path = "/made/token", Body = "{\"token\":\"made\"}" });
        using var run = Mirrorer();

        Passed(await run.ValidateAsync(_mirror.Line));
    }

    [Fact]
    public async Task Without_a_credential_the_problem_of_Bearer_is_told()
    {
        Offer(["Bearer realm=\"token please\"", "Basic realm=\"x\""]);
        using var run = new Run();

        MirrorImageResult result = await run.ValidateAsync(_mirror.Line);

        Assert.Equal(nameof(ValidationReason.Unauthorized), result.Reason);
        Assert.Contains("its realm \"token please\" is not an http URL", result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("refusing", nameof(ValidationReason.Unauthorized))]
    [InlineData("forbidding", nameof(ValidationReason.Forbidden))]
    public async Task A_password_that_the_token_server_refuses_is_not_sent_by_Basic(string path, string reason)
    {
        Offer([$"Bearer realm=\"http://{Registry.Host}/{path}/token\"", "Basic realm=\"x\""]);
        using var run = Mirrorer();

        Assert.Equal(reason, (await run.ValidateAsync(_mirror.Line)).Reason);

        Assert.Empty(Passwords);
    }

    [Theory]
    [InlineData("token please")]
    [InlineData("http://{host}/made/token")]
    public async Task A_wrong_password_is_sent_twice_in_a_run_here_too(string realm)
    {
        Offer([$"Bearer realm=\"{realm}\"", "Basic realm=\"x\""]);
        using var run = new Run(destination: Run.User("mirror", "wrong horse"));

        for (int number = 0; number < 4; number++)
            Assert.Equal(nameof(ValidationReason.Unauthorized), (await run.ValidateAsync(_mirror.Line)).Reason);

        Assert.Equal(2, Passwords.Count);
    }

    [Fact]
    public async Task The_scope_of_a_challenge_that_names_another_repository_is_used_for_reading_only()
    {
        RewriteNames();
        _mirror.Put(SampleImages.DockerList("x"), "team/other");
        using var run = Mirrorer();

        Passed(await run.ValidateAsync(_mirror.Line));
        Passed(await run.ValidateAsync(_mirror.LineOf("team/other")));
        Registry.Requests.Clear();
        MirrorImageResult again = await run.ValidateAsync(_mirror.LineOf("team/other"));

        Passed(again);
        Assert.Equal(4, again.RequestCount);
        Assert.Empty(TokenRequests);
    }

    [Fact]
    public async Task The_scopes_of_a_rewriting_front_are_those_behind_it()
    {
        RewriteNames();
        using var run = Mirrorer();

        Passed(await run.ValidateAsync(_mirror.Line));

        Assert.EndsWith("?service=front&scope=repository%3Abehind%2Fapp%3Apull", Assert.Single(TokenRequests).Query, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "repository:team/app:pull")]
    [InlineData("", "repository:team/app:pull")]
    [InlineData("repository:team/app:pull,push", "repository:team/app:pull")]
    [InlineData("repository:a:5000/x:pull", "repository:a:5000/x:pull")]
    [InlineData("repository:x/y:push,pull,delete", "repository:x/y:pull")]
    [InlineData("repository:x/y:*", "repository:x/y:pull")]
    [InlineData("repository(plugin):x/y:pull", "repository(plugin):x/y:pull")]
    [InlineData("repository:x/y:pull repository:z:pull", "repository:x/y:pull repository:z:pull")]
    [InlineData("repository:x/y:pull repository:team/app:pull", "repository:team/app:pull")]
    [InlineData("repository:x/y:push", "repository:team/app:pull")]
    [InlineData("registry:catalog:*", "repository:team/app:pull")]
    [InlineData("repository::pull", "repository:team/app:pull")]
    [InlineData("nonsense", "repository:team/app:pull")]
    public void A_scope_is_that_of_the_challenge_where_it_names_a_repository(string? scope, string expected)
    {
        Dictionary<string, string> parameters = scope is null ? [] : new() { ["scope"] = scope };
        Assert.Equal(expected, TokenScope.Of(new Challenge("bearer", parameters), "team/app"));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_token_server_may_redirect_on_its_own_host(int status)
    {
        Registry.Options.Authentication = new BearerAuthentication { Users = Users };
        Registry.Faults.Add(new Fault { Path = "/old/token", Status = status, RedirectTo = "/token?service=embedded-registry&scope=repository:team/app:pull" });
        ((BearerAuthentication)Registry.Options.Authentication).Realm = $"http://{Registry.Host}/old/token";
        using var run = Mirrorer();

        Passed(await run.ValidateAsync(_mirror.Line));

        Assert.Equal(2, TokenRequests.Count);
        Assert.All(TokenRequests, request => Assert.StartsWith("Basic ", request.Authorization, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_redirected_identity_token_is_posted_again()
    {
        var bearer = new BearerAuthentication { RefreshTokens = new Dictionary<string, string> { ["refresh-me-please"] = "mirror" }, Realm = $"http://{Registry.Host}/old/token" };
        Registry.Options.Authentication = bearer;
        Registry.Faults.Add(new Fault { Path = "/old/token", RedirectTo = "/token" });
        using var run = new Run(destination: new FixedCredential("the test", RegistryCredential.IdentityToken("refresh-me-please")));

        Passed(await run.ValidateAsync(_mirror.Line));

        Assert.All(TokenRequests, request => Assert.Equal("POST", request.Method));
    }

    [Theory]
    [InlineData("http://{other}/token", "to http://{other} was not followed")]
    [InlineData("//{other}/token", "to http://{other} was not followed")]
    [InlineData("https://127.0.0.1/token", "to https://127.0.0.1 was not followed")]
    [InlineData("http://user:pass@{host}/token", "was not followed")]
    [InlineData("ftp://{host}/token", "was not followed")]
    [InlineData("{path}", "more than 5 redirects")]
    public async Task Nowhere_else_is_a_token_asked_for(string location, string says)
    {
        await using EmbeddedRegistry other = await EmbeddedRegistry.StartAsync();
        Registry.Options.Authentication = new BearerAuthentication { Users = Users };
        Registry.Faults.Add(new Fault
        {
            Path = "/token",
            RedirectTo = location.Replace("{other}", other.Host, StringComparison.Ordinal).Replace("{host}", Registry.Host, StringComparison.Ordinal),
        });
        using var run = Mirrorer();

        MirrorImageResult result = await run.ValidateAsync(_mirror.Line);

        Assert.Equal(nameof(ValidationReason.UnexpectedResponse), result.Reason);
        Assert.Contains(says.Replace("{other}", other.Host, StringComparison.Ordinal), result.Message, StringComparison.Ordinal);
        Assert.Equal(0, other.Requests.Count);
    }

    [Fact]
    public async Task A_redirect_of_a_token_server_to_nowhere_is_told_as_that()
    {
        Registry.Options.Authentication = new BearerAuthentication { Users = Users };
        Registry.Faults.Add(new Fault { Path = "/token", Status = 307 });
        using var run = Mirrorer();

        MirrorImageResult result = await run.ValidateAsync(_mirror.Line);

        Assert.Contains("307 Temporary Redirect without a Location", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_server_is_asked_as_often_as_redirects_are_allowed()
    {
        Registry.Options.Authentication = new BearerAuthentication { Users = Users };
        Registry.Faults.Add(new Fault { Path = "/token", RedirectTo = "{path}" });
        var limits = new RegistryLimits { Redirects = 2 };
        using var run = new Run(Run.Quick with { Limits = limits }, destination: Run.User("mirror", Password));

        MirrorImageResult result = await run.ValidateAsync(_mirror.Line);

        Assert.Contains("more than 2 redirects", result.Message, StringComparison.Ordinal);
        Assert.Equal(1 + 2, TokenRequests.Count);
    }

    private static void Passed(MirrorImageResult result) => Assert.True(result.Status == nameof(ValidationStatus.Passed), result.Message);

    private static Run Mirrorer() => new(destination: Run.User("mirror", Password));

    // A registry that takes passwords, and offers something else as well.
    private void Offer(string[] challenges)
    {
        Registry.Options.Authentication = new BasicAuthentication { Users = Users };
        Registry.Faults.Add(Refusing(context => !IsRightPassword(context), [.. challenges.Select(one => one.Replace("{host}", Registry.Host, StringComparison.Ordinal))]));
        Registry.Faults.Add(new Fault { Path = "/made/token", Body = "{\"token\":\"made\"}" });
        Registry.Faults.Add(new Fault { Path = "/refusing/token", Status = 401 });
        Registry.Faults.Add(new Fault { Path = "/forbidding/token", Status = 403 });
        Registry.Faults.Add(new Fault { Path = "/gone", Status = 404 });
        Registry.Faults.Add(new Fault { Path = "/page", Body = "<html>", ContentType = "text/html" });
    }

    // A front whose token server knows only the names behind it.
    private void RewriteNames()
    {
        foreach (string name in new[] { "app", "other" })
        {
            Registry.Faults.Add(new Fault
            {
                Path = $"/v2/team/{name}/*",
                Predicate = context => context.Request.Headers.Authorization != $"Bearer made-for-{name}",
                Status = 401,
                Headers = { ["WWW-Authenticate"] = $"Bearer realm=\"http://{Registry.Host}/token\",service=\"front\",scope=\"repository:behind/{name}:pull,push\"" },
            });
            Registry.Faults.Add(new Fault
            {
                Path = "/token",
                Predicate = context => context.Request.Query["scope"] == $"repository:behind/{name}:pull",
                Body = $"{{\"token\":\"made-for-{name}\"}}",
            });
        }

        Registry.Faults.Add(new Fault { Path = "/token", Status = 403 });
    }

    private static Fault Refusing(Func<HttpContext, bool> when, params string[] challenges) => new()
    {
        Path = "/v2/*",
        Predicate = when,
        Status = 401,
        Headers = { ["WWW-Authenticate"] = new StringValues(challenges) },
    };

    private static bool IsRightPassword(HttpContext context) =>
        context.Request.Headers.Authorization == $"Basic {Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"mirror:{Password}"))}";
}
