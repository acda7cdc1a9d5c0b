using MirrorValidate.Embedded;
using MirrorValidate.Registries.Authentication;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Registries.Authentication;

/// <summary>What follows when a token server refuses (distribution docs, spec/auth/token.md and oauth.md).</summary>
public sealed class TokenRefusalTests : IAsyncLifetime
{
    private Mirror _mirror = null!;

    private EmbeddedRegistry Registry => _mirror.Destination;

    public async Task InitializeAsync()
    {
        _mirror = await Mirror.StartAsync();
        Registry.Options.Authentication = new BearerAuthentication { AllowAnonymous = true };
    }

    public async Task DisposeAsync() => await _mirror.DisposeAsync();

    [Theory]
    [InlineData(400, nameof(ValidationReason.Unauthorized))]
    [InlineData(401, nameof(ValidationReason.Unauthorized))]
    [InlineData(404, nameof(ValidationReason.Unauthorized))]
    [InlineData(405, nameof(ValidationReason.Unauthorized))]
    [InlineData(403, nameof(ValidationReason.Forbidden))]
    [InlineData(304, nameof(ValidationReason.UnexpectedResponse))]
    [InlineData(429, nameof(ValidationReason.RateLimited))]
    [InlineData(500, nameof(ValidationReason.RegistryUnavailable))]
    public async Task A_refusal_of_the_token_server_says_nothing_about_the_image(int status, string reason)
    {
        Registry.Faults.Add(new Fault { Path = BearerAuthentication.TokenPath, Status = status });
        using var run = new Run();

        MirrorImageResult result = await run.ValidateAsync(_mirror.Line);

        Assert.Equal((nameof(ValidationStatus.Error), reason), (result.Status, result.Reason));
        string problem = $"(token for repository:team/app:pull): {status}";
        Assert.Contains(problem, result.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("redirected", result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(500, 1)]
    [InlineData(502, 1)]
    [InlineData(503, 3)]
    [InlineData(429, 3)]
    public async Task An_identity_token_is_sent_again_only_where_the_server_did_not_work_on_it(int status, int requests)
    {
        Registry.Faults.Add(new Fault { Path = BearerAuthentication.TokenPath, Status = status });
        using Run run = Identity();

        Assert.Equal(nameof(ValidationStatus.Error), (await run.ValidateAsync(_mirror.Line)).Status);

        Assert.Equal(requests, TokenRequests().Count);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_GET_is_sent_again_whatever_the_server_did(int status)
    {
        Registry.Faults.Add(new Fault { Path = BearerAuthentication.TokenPath, Status = status });
        using var run = new Run();

        Assert.Equal(nameof(ValidationStatus.Error), (await run.ValidateAsync(_mirror.Line)).Status);

        Assert.Equal(3, TokenRequests().Count);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    public async Task An_identity_token_that_is_refused_twice_is_not_sent_again(int status)
    {
        Registry.Faults.Add(new Fault { Path = BearerAuthentication.TokenPath, Status = status });
        using Run run = Identity();

        const string notSent = "; refused before, so the credential was not sent again";
        for (int i = 0; i < 2; i++)
            Assert.DoesNotContain(notSent, (await run.ValidateAsync(_mirror.Line)).Message, StringComparison.Ordinal);
        Assert.Contains(notSent, (await run.ValidateAsync(_mirror.Line)).Message, StringComparison.Ordinal);

        Assert.Equal(2, TokenRequests().Count);
    }

    [Fact]
    public async Task A_password_that_a_token_server_answers_with_400_is_not_refused()
    {
        Registry.Faults.Add(new Fault { Path = BearerAuthentication.TokenPath, Status = 400 });
        using var run = new Run(destination: Run.User("mirror", "secret"));

        for (int i = 0; i < 4; i++) await run.ValidateAsync(_mirror.Line);

        Assert.Equal(4, TokenRequests().Count);
    }

    private static Run Identity() =>
        new(destination: new FixedCredential("the test", RegistryCredential.IdentityToken("refresh-me-please")));

    private IReadOnlyList<RecordedRequest> TokenRequests() =>
        Registry.Requests.Where(request => request.Path == BearerAuthentication.TokenPath);
}
