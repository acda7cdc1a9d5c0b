using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Registries.Authentication;

/// <summary>Registries that refuse what answered their challenge, or say something else the second time.</summary>
public sealed class SecondChallengeTests : IAsyncLifetime
{
    private const string Password = "correct horse";

    private Mirror _mirror = null!;

    private EmbeddedRegistry Registry => _mirror.Destination;

    private IReadOnlyList<RecordedRequest> TokenRequests =>
        Registry.Requests.Where(request => request.Path == "/token");

    private IReadOnlyList<RecordedRequest> Passwords => Registry.Requests.Where(
        request => request.Path.StartsWith("/v2/", StringComparison.Ordinal)
            && request.Authorization?.StartsWith("Basic ", StringComparison.Ordinal) == true);

    private string Bearer => $"Bearer realm=\"http://{Registry.Host}/token\",service=\"front\"";

    public async Task InitializeAsync()
    {
        _mirror = await Mirror.StartAsync();
        _mirror.Put(SampleImages.DockerList("x"), "team/other");
    }

    public async Task DisposeAsync() => await _mirror.DisposeAsync();

    [Fact]
    public async Task Where_password_and_token_are_each_refused_for_the_other_both_are_sent_once()
    {
        // The second time, the registry says that the password is wrong.
        Refuse(context => Sent(context, "Basic "), [Bearer], times: 2);
        Refuse(_ => true, ["Basic realm=\"x\""]);
        Issue("made");
        using var run = Mirrorer();

        MirrorImageResult result = await run.ValidateAsync(_mirror.Line);

        Assert.Equal(nameof(ValidationReason.Unauthorized), result.Reason);
        Assert.Single(Passwords);
        Assert.Single(TokenRequests);
    }

    [Fact]
    public async Task Basic_is_tried_where_it_was_offered_only_before_the_token_was_refused()
    {
        Registry.Options.Authentication = new BasicAuthentication("mirror", Password);
        Refuse(context => Sent(context, ""), [Bearer, "Basic realm=\"x\""]);
        Refuse(context => Sent(context, "Bearer "), [Bearer]);
        Issue("made");
        using var run = Mirrorer();

        Passed(await run.ValidateAsync(_mirror.Line));
    }

    [Fact]
    public async Task A_token_is_renewed_as_the_refusal_of_the_old_one_says()
    {
        var bearer = new BearerAuthentication { AllowAnonymous = true };
        Registry.Options.Authentication = bearer;
        using var run = new Run();
        Passed(await run.ValidateAsync(_mirror.Line));
        Registry.Requests.Clear();

        bearer.Tokens.RevokeAll();
        bearer.Service = "moved";
        Passed(await run.ValidateAsync(_mirror.Line));

        Assert.StartsWith("?service=moved&", Assert.Single(TokenRequests).Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_is_renewed_for_the_scope_that_the_registry_has_named_before()
    {
        bool hasExpired = false;
        Refuse(context => Sent(context, ""), [$"{Bearer},scope=\"repository:behind/app:pull\""]);
        Refuse(context => hasExpired && Sent(context, "Bearer first"), [$"{Bearer},error=\"invalid_token\""]);
        Issue("first", scope: "repository:behind/app:pull", times: 1);
        Issue("second", scope: "repository:behind/app:pull");
        Registry.Faults.Add(new Fault { Path = "/token", Status = 403 });
        using var run = new Run();
        Passed(await run.ValidateAsync(_mirror.Line));

        hasExpired = true;
        Passed(await run.ValidateAsync(_mirror.Line));

        Assert.Equal(2, TokenRequests.Count);
    }

    [Fact]
    public async Task A_name_that_is_rewritten_is_found_out_where_others_are_not()
    {
        const string behind = "repository:behind/other:pull";
        Refuse(context => Sent(context, ""), [$"{Bearer},scope=\"repository:team/app:pull\""], "/v2/team/app/*");
        Refuse(context => !Sent(context, "Bearer behind"), [$"{Bearer},scope=\"{behind}\""], "/v2/team/other/*");
        Issue("behind", scope: behind);
        Issue("made");
        using var run = new Run();

        Passed(await run.ValidateAsync(_mirror.Line));
        Passed(await run.ValidateAsync(_mirror.LineOf("team/other")));
    }

    [Fact]
    public async Task A_new_token_that_is_refused_is_not_asked_for_again()
    {
        Refuse(context => Sent(context, ""), [Bearer]);
        Refuse(_ => true, [Bearer], "/v2/team/other/*");
        Issue("made");
        using var run = new Run();
        Passed(await run.ValidateAsync(_mirror.Line));
        Registry.Requests.Clear();

        MirrorImageResult result = await run.ValidateAsync(_mirror.LineOf("team/other"));

        Assert.Equal(nameof(ValidationReason.Unauthorized), result.Reason);
        Assert.Single(TokenRequests);
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("Basic")]
    [InlineData("Bearer", "Basic")]
    public async Task A_registry_where_nothing_is_found_challenges_once(params string[] schemes)
    {
        Refuse(
            context => Sent(context, ""),
            [.. schemes.Select(scheme => scheme == "Basic" ? "Basic realm=\"x\"" : Bearer)]);
        Issue("made");
        using var run = Mirrorer();

        for (int number = 0; number < 3; number++)
        {
            MirrorImageResult result = await run.ValidateAsync(
                $"{_mirror.Source.Host}/team/app {Registry.Host}/team/none{number} 1");
            Assert.Equal(nameof(ValidationReason.DestinationNotFound), result.Reason);
        }

        Assert.Single(Registry.Requests.Where(request => request.Status == 401));
    }

    private static void Passed(MirrorImageResult result) =>
        Assert.True(result.Status == nameof(ValidationStatus.Passed), result.Message);

    private static Run Mirrorer() => new(destination: Run.User("mirror", Password));

    // Whether a request carries this authorization; empty for none.
    private static bool Sent(HttpContext context, string authorization) => authorization.Length == 0
        ? context.Request.Headers.Authorization.Count == 0
        : context.Request.Headers.Authorization.ToString().StartsWith(authorization, StringComparison.Ordinal);

    private void Refuse(
        Func<HttpContext, bool> when, string[] challenges, string path = "/v2/*", int? times = null) =>
        Registry.Faults.Add(new Fault
        {
            Path = path,
            Predicate = when,
            Times = times,
            Status = 401,
            Headers = { ["WWW-Authenticate"] = new StringValues(challenges) },
        });

    private void Issue(string token, string? scope = null, int? times = null) => Registry.Faults.Add(new Fault
    {
        Path = "/token",
        Predicate = context => scope is null || context.Request.Query["scope"] == scope,
        Times = times,
        Body = $"{{\"token\":\"{token}\"}}",
    });
}
