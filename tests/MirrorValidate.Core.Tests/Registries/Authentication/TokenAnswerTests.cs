using MirrorValidate.Embedded;
using MirrorValidate.Registries;
using MirrorValidate.Registries.Authentication;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Registries.Authentication;

/// <summary>Requests to token servers and their answers (distribution docs, spec/auth/token.md and oauth.md).</summary>
public sealed class TokenAnswerTests : IAsyncLifetime
{
    private const string RefreshToken = "refresh-me-please";

    private readonly BearerAuthentication _bearer = new() { AllowAnonymous = true };

    private Mirror _mirror = null!;

    private EmbeddedRegistry Registry => _mirror.Destination;

    private string Realm => $"http://{Registry.Host}{BearerAuthentication.TokenPath}";

    /// <summary>How messages name the request for a token.</summary>
    private string Asked => $"GET {Realm} (token for repository:team/app:pull)";

    public async Task InitializeAsync()
    {
        _mirror = await Mirror.StartAsync();
        Registry.Options.Authentication = _bearer;
    }

    public async Task DisposeAsync() => await _mirror.DisposeAsync();

    [Theory]
    [InlineData("""{"token":"!abc~"}""", "!abc~")]
    [InlineData("""{"access_token":"abc"}""", "abc")]
    [InlineData("""{"token":"abc","access_token":"other"}""", "abc")]
    [InlineData("""{"token":"","access_token":"abc"}""", "abc")]
    [InlineData("""{"token":null,"access_token":"abc"}""", "abc")]
    [InlineData("""{"token":1,"access_token":"abc","expires_in":"soon"}""", "abc")]
    public async Task The_token_is_the_first_member_that_holds_one(string body, string token)
    {
        Answer(body);
        using var run = new Run();

        await run.ValidateAsync(_mirror.Line);

        Assert.Contains(Registry.Requests.Snapshot(), request => request.Authorization == $"Bearer {token}");
    }

    [Theory]
    [InlineData("{}", "the answer has no token")]
    [InlineData("""{"token":""}""", "the answer has no token")]
    [InlineData("""{"token":"a b"}""", "the answer has no token")]
    [InlineData("""{"token":"a\r\nb"}""", "the answer has no token")]
    [InlineData("""{"token":"a\u007f"}""", "the answer has no token")]
    [InlineData("""{"token":"\u00e4"}""", "the answer has no token")]
    [InlineData("[]", "the answer is not a JSON object with a token")]
    [InlineData("\"token\"", "the answer is not a JSON object with a token")]
    [InlineData("token", "the answer is not a JSON object with a token")]
    [InlineData("""{"token":"\ud800"}""", "the answer is not a JSON object with a token")]
    public async Task An_answer_without_a_usable_token_is_an_error(string body, string problem)
    {
        Answer(body);
        using var run = new Run();

        MirrorImageResult result = await run.ValidateAsync(_mirror.Line);

        Assert.Equal(nameof(ValidationReason.Unauthorized), result.Reason);
        Assert.Contains($"{Asked}: {problem}", result.Message, StringComparison.Ordinal);
        Assert.Single(TokenRequests());
    }

    [Fact]
    public async Task An_answer_that_is_too_large_is_an_error()
    {
        Answer("{\"token\":\"abc\"" + new string(' ', 100) + "}");
        using var run = new Run(Run.Quick with { Limits = new RegistryLimits { TokenSize = 100 } });

        MirrorImageResult result = await run.ValidateAsync(_mirror.Line);

        Assert.Equal(nameof(ValidationReason.ResponseTooLarge), result.Reason);
        Assert.Contains("the answer is larger than 100 bytes", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_server_that_compresses_where_it_may_is_asked_not_to()
    {
        // Without the header, a server may send what it likes (RFC 9110, section 12.5.3).
        Registry.Faults.Add(new Fault
        {
            Path = BearerAuthentication.TokenPath,
            Predicate = context => context.Request.Headers.AcceptEncoding != "identity",
            Headers = { ["Content-Encoding"] = "gzip" },
            BodyBytes = new byte[] { 0x1F, 0x8B, 8 },
        });
        using var run = new Run();

        Passed(await run.ValidateAsync(_mirror.Line));
    }

    [Fact]
    public async Task A_challenge_without_a_service_asks_for_none()
    {
        Challenge($"Bearer realm=\"{Realm}\"");
        using var run = new Run();

        Passed(await run.ValidateAsync(_mirror.Line));

        Assert.Equal("?scope=repository%3Ateam%2Fapp%3Apull", Assert.Single(TokenRequests()).Query);
        Assert.Contains($"{Asked}: 200", run.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_identity_token_is_sent_as_a_form()
    {
        string? form = null;
        _bearer.RefreshTokens = new Dictionary<string, string> { [RefreshToken] = "mirror" };
        Registry.Faults.Add(new Fault { Predicate = context => (form = FormOf(context) ?? form) is null });
        using Run run = Identity();

        Passed(await run.ValidateAsync(_mirror.Line));

        Assert.Equal(
            "client_id=MirrorValidate&grant_type=refresh_token&refresh_token=refresh-me-please"
            + "&scope=repository:team/app:pull&service=embedded-registry",
            form);
    }

    [Fact]
    public async Task A_first_request_that_is_answered_with_400_gets_no_authorization()
    {
        Challenge($"Bearer realm=\"{Realm}\"", status: 400);
        using var run = new Run();

        MirrorImageResult result = await run.ValidateAsync(_mirror.Line);

        Assert.Equal(nameof(ValidationReason.UnexpectedResponse), result.Reason);
        Assert.Empty(TokenRequests());
    }

    [Fact]
    public async Task An_identity_token_is_no_password_for_the_Basic_scheme()
    {
        var users = new Dictionary<string, string> { [""] = RefreshToken };
        Registry.Options.Authentication = new BasicAuthentication { Users = users };
        using Run run = Identity();

        Assert.Equal(nameof(ValidationReason.Unauthorized), (await run.ValidateAsync(_mirror.Line)).Reason);

        Assert.All(Registry.Requests.Snapshot(), request => Assert.Null(request.Authorization));
    }

    [Fact]
    public async Task A_bearer_challenge_wins_over_a_basic_one_in_any_order()
    {
        Challenge($"Basic realm=\"x\", Bearer realm=\"{Realm}\"");
        using var run = new Run(destination: Run.User("mirror", "secret"));

        await run.ValidateAsync(_mirror.Line);

        Assert.StartsWith("Basic ", Assert.Single(TokenRequests()).Authorization, StringComparison.Ordinal);
        Assert.All(
            Registry.Requests.Where(request => request.Path.StartsWith("/v2/", StringComparison.Ordinal)),
            request => Assert.DoesNotContain("Basic ", request.Authorization ?? "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_source_of_a_credential_is_logged_once_for_each_registry()
    {
        _bearer.Users = new Dictionary<string, string> { ["mirror"] = "secret" };
        using var run = new Run(destination: Run.User("mirror", "secret"));

        for (int i = 0; i < 2; i++) Passed(await run.ValidateAsync(_mirror.Line));

        Assert.Single(
            run.Log.Events,
            line => line.Text == $"using the credential for destination registry {Registry.Host} from the test");
    }

    private static void Passed(MirrorImageResult result) =>
        Assert.True(result.Status == nameof(ValidationStatus.Passed), result.Message);

    private static Run Identity() =>
        new(destination: new FixedCredential("the test", RegistryCredential.IdentityToken(RefreshToken)));

    private static string? FormOf(Microsoft.AspNetCore.Http.HttpContext context) => context.Request.HasFormContentType
        ? string.Join('&', context.Request.ReadFormAsync().GetAwaiter().GetResult()
            .OrderBy(field => field.Key, StringComparer.Ordinal)
            .Select(field => $"{field.Key}={field.Value}"))
        : null;

    private void Answer(string body) => Registry.Faults.Add(
        new Fault { Path = BearerAuthentication.TokenPath, Body = body, ContentType = "application/json" });

    // Only once: what is asked with the token that follows gets the registry's own answer.
    private void Challenge(string challenge, int status = 401) => Registry.Faults.Add(
        new Fault { Path = "/v2/*", Status = status, Headers = { ["WWW-Authenticate"] = challenge }, Times = 1 });

    private IReadOnlyList<RecordedRequest> TokenRequests() =>
        Registry.Requests.Where(request => request.Path == BearerAuthentication.TokenPath);
}
