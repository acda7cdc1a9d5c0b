using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;
using MirrorValidate.References;
using MirrorValidate.Registries.Authentication;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Registries.Authentication;

/// <summary>Tokens: asked for once and up front, kept apart by identity, renewed once.</summary>
public sealed class TokenTests()
    : BearerTest(new BearerAuthentication
    {
        Users = new Dictionary<string, string> { ["mirror"] = Password, ["other"] = "another horse" },
    })
{
    private const string Password = "correct horse";

    [Fact]
    public async Task Many_who_need_the_same_token_wait_for_one_request()
    {
        Registry.Faults.Add(new Fault { Path = BearerAuthentication.TokenPath, Delay = TimeSpan.FromMilliseconds(300) });
        using var run = Mirrorer();

        MirrorImageResult[] results = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => run.ValidateAsync(Pair.Line)));

        Assert.All(results, Passed);
        Assert.Single(TokenRequests());
    }

    [Fact]
    public async Task A_failure_of_the_one_request_does_not_fail_the_others()
    {
        Registry.Faults.Add(new Fault { Path = BearerAuthentication.TokenPath, Status = 503, Times = 1 });
        using var run = Mirrorer();

        Assert.All(await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => run.ValidateAsync(Pair.Line))), Passed);

        Assert.Equal(2, TokenRequests().Count);
    }

    [Fact]
    public async Task Each_repository_has_its_token_and_only_the_first_is_challenged()
    {
        foreach (int number in Enumerable.Range(0, 5)) Pair.Put(SampleImages.DockerList("x"), $"team/x{number}");
        using var run = Mirrorer();
        Passed(await run.ValidateAsync(Pair.Line));
        Registry.Requests.Clear();

        foreach (int number in Enumerable.Range(0, 5)) Passed(await run.ValidateAsync(Pair.LineOf($"team/x{number}")));

        Assert.DoesNotContain(Registry.Requests.Snapshot(), request => request.Status == 401);
        Assert.Equal(Enumerable.Range(0, 5).Select(number => $"?service=embedded-registry&scope=repository%3Ateam%2Fx{number}%3Apull"), TokenRequests().Select(request => request.Query));
        Assert.All(Bearer.Tokens.Issued, token => Assert.Equal("pull", Assert.Single(Assert.Single(token.Access).Actions)));
    }

    [Fact]
    public async Task A_token_that_is_no_longer_taken_is_renewed_once()
    {
        using var run = Mirrorer();
        Passed(await run.ValidateAsync(Pair.Line));
        Bearer.Tokens.RevokeAll();
        Registry.Requests.Clear();

        MirrorImageResult result = await run.ValidateAsync(Pair.Line);

        Passed(result);
        Assert.Single(TokenRequests());
        Assert.Equal(6, result.RequestCount);
    }

    [Fact]
    public async Task Many_whose_token_is_no_longer_taken_renew_it_together()
    {
        using var run = Mirrorer();
        Passed(await run.ValidateAsync(Pair.Line));
        Bearer.Tokens.RevokeAll();
        Registry.Requests.Clear();

        Assert.All(await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => run.ValidateAsync(Pair.Line))), Passed);

        Assert.Single(TokenRequests());
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    public async Task A_token_that_expires_early_is_renewed_whatever_the_registry_calls_it(int status)
    {
        using var run = Mirrorer();
        Passed(await run.ValidateAsync(Pair.Line));
        string old = $"Bearer {Bearer.Tokens.Issued[0].Value}";
        Registry.Faults.Add(new Fault { Predicate = context => context.Request.Headers.Authorization == old, Status = status });

        Passed(await run.ValidateAsync(Pair.Line));

        Assert.Equal(2, TokenRequests().Count);
    }

    [Fact]
    public async Task A_token_that_is_never_taken_is_asked_for_once_a_request()
    {
        Registry.Faults.Add(new Fault { Path = "/v2/*", Status = 401, Headers = { ["WWW-Authenticate"] = $"Bearer realm=\"http://{Registry.Host}/token\"" } });
        using var run = Mirrorer();

        MirrorImageResult[] results = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => run.ValidateAsync(Pair.Line)));

        Assert.All(results, result => Assert.Equal(nameof(ValidationReason.Unauthorized), result.Reason));
        Assert.InRange(TokenRequests().Count, 1, 20);
        Assert.All(results, result => Assert.InRange(result.RequestCount, 2, 5));
    }

    [Theory]
    [InlineData(TokenFields.Token)]
    [InlineData(TokenFields.AccessToken)]
    public async Task Either_member_is_the_token(TokenFields fields)
    {
        Bearer.Fields = fields;
        Bearer.ExpiresIn = -1;
        using var run = Mirrorer();

        Passed(await run.ValidateAsync(Pair.Line));
    }

    [Fact]
    public async Task Everybody_gets_a_token_where_the_registry_wants_one_of_everybody()
    {
        Bearer.AllowAnonymous = true;
        using var run = new Run();

        Passed(await run.ValidateAsync(Pair.Line));

        Assert.Null(Assert.Single(TokenRequests()).Authorization);
        Assert.Contains($"no credential for destination registry {Registry.Host}: asking anonymously", run.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_partial_grant_is_no_error_of_the_token_server()
    {
        Bearer.Policy = (_, name, _) => name != Mirror.Repository;
        using var run = Mirrorer();

        MirrorImageResult result = await run.ValidateAsync(Pair.Line);

        Assert.Equal(nameof(ValidationReason.Unauthorized), result.Reason);
        Assert.Contains("401 Unauthorized (access denied, or the repository may not exist)", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_identity_token_is_exchanged_by_POST_and_sent_nowhere_else()
    {
        Bearer.RefreshTokens = new Dictionary<string, string> { ["refresh-me-please"] = "mirror" };
        using var run = new Run(destination: new FixedCredential("the test", RegistryCredential.IdentityToken("refresh-me-please")));

        Passed(await run.ValidateAsync(Pair.Line));

        RecordedRequest request = Assert.Single(TokenRequests());
        Assert.Equal(("POST", "", null), (request.Method, request.Query, request.Authorization));
        Assert.All(Registry.Requests.Snapshot(), one => Assert.DoesNotContain("refresh-me", one.Authorization ?? "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Identities_on_one_host_do_not_share_tokens_and_one_identity_on_both_sides_does()
    {
        string line = $"{Registry.Host}/team/app {Registry.Host}/team/app 1";
        using (var two = new Run(source: Run.User("other", "another horse"), destination: Run.User("mirror", Password)))
        {
            Passed(await two.ValidateAsync(line));
            Assert.Equal(["mirror", "other"], Bearer.Tokens.Issued.Select(token => token.User).Order());
        }

        Registry.Requests.Clear();
        using var one = new Run(source: Run.User("mirror", Password), destination: Run.User("mirror", Password));
        Passed(await one.ValidateAsync(line));
        Assert.Single(TokenRequests());
    }

    [Fact]
    public async Task The_realm_keeps_its_own_query_and_gets_the_scope_for_reading_only()
    {
        Bearer.Realm = $"http://{Registry.Host}/token?account=ci&x=%20";
        using var run = Mirrorer();

        Passed(await run.ValidateAsync(Pair.Line));

        Assert.Equal("?account=ci&x=%20&service=embedded-registry&scope=repository%3Ateam%2Fapp%3Apull", Assert.Single(TokenRequests()).Query);
    }

    [Fact]
    public async Task A_realm_on_another_host_gets_no_credential_until_it_is_trusted()
    {
        await using EmbeddedRegistry auth = await EmbeddedRegistry.StartAsync(new EmbeddedRegistryOptions { Address = System.Net.IPAddress.Parse("127.0.0.2") });
        auth.Options.Authentication = Bearer;
        Bearer.Realm = $"http://{auth.Host}/token";
        using (var wary = Mirrorer())
        {
            MirrorImageResult refused = await wary.ValidateAsync(Pair.Line);
            Assert.Equal(nameof(ValidationReason.Unauthorized), refused.Reason);
            Assert.Contains($"its realm http://{auth.Host} is on another host than the registry; -TrustedRealm {auth.Host} would allow it", refused.Message, StringComparison.Ordinal);
            Assert.Empty(auth.Requests.Snapshot());
        }

        using var trusting = new Run(Run.Quick with { TrustedRealms = [RegistryHost.Parse(auth.Host)] }, destination: Run.User("mirror", Password));
        Passed(await trusting.ValidateAsync(Pair.Line));
        Assert.Single(auth.Requests.Snapshot());
    }

    [Fact]
    public async Task A_challenge_among_others_is_found()
    {
        Registry.Faults.Add(new Fault
        {
            Times = 1,
            Status = 401,
            Headers = { ["WWW-Authenticate"] = new[] { "Negotiate", $"Basic realm=\"x\", Bearer realm=\"http://{Registry.Host}/token\",service=\"a, b\"" } },
        });
        using var run = Mirrorer();

        Passed(await run.ValidateAsync(Pair.Line));

        Assert.Contains("service=a%2C%20b", Assert.Single(TokenRequests()).Query, StringComparison.Ordinal);
    }

    private static void Passed(MirrorImageResult result) => Assert.True(result.Status == nameof(ValidationStatus.Passed), result.Message);

    private static Run Mirrorer() => new(destination: Run.User("mirror", Password));

    private IReadOnlyList<RecordedRequest> TokenRequests() => Registry.Requests.Where(request => request.Path == BearerAuthentication.TokenPath);
}
