using MirrorValidate.Embedded;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Registries.Authentication;

/// <summary>Servers that repeat in errors what they were sent in secret.</summary>
public sealed class TokenSecretTests : IAsyncLifetime
{
    private const string Secret = "open-sesame-0123456789";

    private Mirror _mirror = null!;

    private EmbeddedRegistry Registry => _mirror.Destination;

    public async Task InitializeAsync()
    {
        _mirror = await Mirror.StartAsync();
        Registry.Options.Authentication = new BearerAuthentication();
    }

    public async Task DisposeAsync() => await _mirror.DisposeAsync();

    [Fact]
    public async Task A_token_that_the_registry_repeats_is_not_shown()
    {
        Registry.Faults.Add(
            new Fault { Path = BearerAuthentication.TokenPath, Body = $"{{\"token\":\"{Secret}\"}}" });
        Registry.Faults.Add(Repeating("/v2/*", $"Bearer {Secret}"));

        await AssertIsHiddenAsync("mirror", "another secret");
    }

    [Fact]
    public async Task A_password_that_the_token_server_repeats_is_not_shown()
    {
        Registry.Faults.Add(Repeating(BearerAuthentication.TokenPath, "Basic "));

        await AssertIsHiddenAsync("mirror", Secret);
    }

    [Fact]
    public async Task A_signed_query_that_a_redirect_of_the_token_server_has_is_not_shown()
    {
        Registry.Faults.Add(
            new Fault { Path = BearerAuthentication.TokenPath, RedirectTo = $"/signed?signature={Secret}" });
        Registry.Faults.Add(Repeating("/signed", ""));

        await AssertIsHiddenAsync("mirror", "another secret");
    }

    private static Fault Repeating(string path, string authorization) => new()
    {
        Path = path,
        Predicate = context =>
            context.Request.Headers.Authorization.ToString().StartsWith(authorization, StringComparison.Ordinal),
        Status = 403,
        Body = $"{{\"errors\":[{{\"code\":\"DENIED\",\"message\":\"not with {Secret}\"}}]}}",
        ContentType = "application/json",
    };

    private async Task AssertIsHiddenAsync(string user, string password)
    {
        using var run = new Run(destination: Run.User(user, password));

        MirrorImageResult result = await run.ValidateAsync(_mirror.Line);

        Assert.Equal(nameof(ValidationReason.Forbidden), result.Reason);
        Assert.Contains("DENIED: not with ", result.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, result.Message + run.Log.Text, StringComparison.Ordinal);
    }
}
