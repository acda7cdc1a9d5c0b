using Microsoft.AspNetCore.Http;
using MirrorValidate.Embedded;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Registries.Authentication;

/// <summary>Registries that challenge at <c>/v2/</c> only, and refuse what is asked without a login in other words.</summary>
public sealed class HiddenLoginTests : IAsyncLifetime
{
    private const string Password = "correct horse";

    private static readonly Dictionary<string, string> Users = new() { ["mirror"] = Password };

    private Mirror _mirror = null!;

    private EmbeddedRegistry Registry => _mirror.Destination;

    private int Pings => Registry.Requests.Where(request => request.Path == "/v2/").Count;

    public static TheoryData<string, string, int, string?> Hiding
    {
        get
        {
            var data = new TheoryData<string, string, int, string?>();
            foreach (string scheme in new[] { "Basic", "Bearer" })
            {
                data.Add(scheme, "404 of a registry", 404, null);
                data.Add(scheme, "404 with a page", 404, "<html>");
                data.Add(scheme, "404 with nothing", 404, "");
                data.Add(scheme, "403 of a registry", 403, null);
                data.Add(scheme, "401 without a challenge", 401, "");
            }

            return data;
        }
    }

    public async Task InitializeAsync() => _mirror = await Mirror.StartAsync();

    public async Task DisposeAsync() => await _mirror.DisposeAsync();

    [Theory]
    [MemberData(nameof(Hiding))]
    public async Task The_challenge_is_fetched_once_and_the_stored_login_used(string scheme, string what, int status, string? body)
    {
        Hide(scheme, status, body);
        using var run = new Run(destination: Run.User("mirror", Password));

        MirrorImageResult[] results = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => run.ValidateAsync(_mirror.Line)));
        MirrorImageResult later = await run.ValidateAsync(_mirror.Line);

        Assert.All(results, result => Assert.True(result.Status == nameof(ValidationStatus.Passed), $"{what}: {result.Message}"));
        Assert.Equal(4, later.RequestCount);
        Assert.Equal(1, Pings);
        Assert.Null(Registry.Requests.Where(request => request.Path == "/v2/")[0].Authorization);
    }

    [Theory]
    [MemberData(nameof(Hiding))]
    public async Task What_is_missing_with_the_login_too_is_missing(string scheme, string what, int status, string? body)
    {
        Hide(scheme, status, body);
        Registry.Store.DeleteManifest(Mirror.Repository, "1");
        using var run = new Run(destination: Run.User("mirror", Password));

        MirrorImageResult result = await run.ValidateAsync(_mirror.Line);

        Assert.True(result.Reason == nameof(ValidationReason.DestinationNotFound), $"{what}: {result.Message}");
        Assert.Contains("404 Not Found: MANIFEST_UNKNOWN", result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(404, null, "DestinationNotFound", 0)]
    [InlineData(404, "<html>", "DestinationNotFound", 1)]
    [InlineData(403, null, "Forbidden", 0)]
    [InlineData(401, "", "Unauthorized", 0)]
    public async Task Without_a_login_the_answer_stands(int status, string? body, string reason, int pings)
    {
        Hide("Bearer", status, body);
        using var run = new Run();

        MirrorImageResult result = await run.ValidateAsync(_mirror.Line);

        Assert.Equal(reason, result.Reason);
        Assert.Equal(pings, Pings);
        Assert.Equal(pings > 0, result.Message.Contains("asked without a login, which the registry wants", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_everybody_gets_a_token_a_bare_404_is_asked_again_with_one()
    {
        Hide("Bearer", 404, "<html>");
        ((BearerAuthentication)Registry.Options.Authentication!).AllowAnonymous = true;
        using var run = new Run();

        MirrorImageResult result = await run.ValidateAsync(_mirror.Line);

        Assert.True(result.Status == nameof(ValidationStatus.Passed), result.Message);
    }

    [Fact]
    public async Task A_registry_that_wants_no_login_is_asked_once_whether_it_does()
    {
        using var run = new Run(destination: Run.User("mirror", Password));

        for (int number = 0; number < 3; number++)
            Assert.Equal(nameof(ValidationReason.DestinationNotFound), (await run.ValidateAsync($"{_mirror.Source.Host}/team/app {Registry.Host}/team/none{number} 1")).Reason);

        Assert.Equal(1, Pings);
        Assert.All(Registry.Requests.Snapshot(), request => Assert.Null(request.Authorization));
    }

    [Fact]
    public async Task A_good_image_costs_no_ping_with_a_login_and_without()
    {
        using (var run = new Run()) Assert.Equal(4, (await run.ValidateAsync(_mirror.Line)).RequestCount);
        using (var run = new Run(destination: Run.User("mirror", Password))) Assert.Equal(4, (await run.ValidateAsync(_mirror.Line)).RequestCount);
        Registry.Options.Authentication = new BasicAuthentication { Users = Users };
        using (var run = new Run(destination: Run.User("mirror", Password))) Assert.Equal(5, (await run.ValidateAsync(_mirror.Line)).RequestCount);

        Assert.Equal(0, Pings);
    }

    [Fact]
    public async Task A_wrong_login_is_told_as_that()
    {
        Hide("Basic", 404, body: null);
        using var run = new Run(destination: Run.User("mirror", "wrong horse"));

        Assert.Equal(nameof(ValidationReason.Unauthorized), (await run.ValidateAsync(_mirror.Line)).Reason);
    }

    private void Hide(string scheme, int status, string? body)
    {
        Registry.Options.Authentication = scheme == "Basic" ? new BasicAuthentication { Users = Users } : new BearerAuthentication { Users = Users };
        Registry.Faults.Add(new Fault { Path = "/v2/team/*", Predicate = IsAnonymous, Status = status, Body = body });
    }

    private static bool IsAnonymous(HttpContext context) => context.Request.Headers.Authorization.Count == 0;
}
