using MirrorValidate.Embedded;
using MirrorValidate.References;
using MirrorValidate.Registries;
using MirrorValidate.Registries.Authentication;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Registries.Authentication;

/// <summary>Sources of credentials that fail or do not answer, as a helper does whose keychain is locked.</summary>
public sealed class CredentialSourceTests()
    : BearerTest(new BearerAuthentication { AllowAnonymous = true })
{
    private static readonly RegistryOptions Impatient =
        Run.Quick with { AttemptTimeout = TimeSpan.FromSeconds(3), MaximumRetryCount = 0 };

    [Fact]
    public async Task Where_the_credential_cannot_be_read_nothing_is_asked_without_it()
    {
        using var run = new Run(destination: new Source(_ => throw new CredentialException("the keychain is locked")));

        MirrorImageResult result = await run.ValidateAsync(Pair.Line);

        Assert.Equal(nameof(ValidationReason.Unauthorized), result.Reason);
        Assert.Contains("the keychain is locked", result.Message, StringComparison.Ordinal);
        Assert.Empty(Registry.Requests.Where(request => request.Path == BearerAuthentication.TokenPath));
    }

    [Fact]
    public async Task Where_the_credential_cannot_be_read_an_image_that_guests_do_not_see_is_not_missing()
    {
        Registry.Faults.Add(new Fault { Path = "/v2/team/*", Status = 404 });
        using var run = new Run(destination: new Source(_ => throw new CredentialException("the keychain is locked")));

        MirrorImageResult result = await run.ValidateAsync(Pair.Line);

        Assert.Equal(nameof(ValidationReason.Unauthorized), result.Reason);
        Assert.Contains("the keychain is locked", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_that_does_not_answer_is_named()
    {
        using var run = new Run(Impatient, destination: new Source(async token =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return null;
        }));

        MirrorImageResult result = await run.ValidateAsync(Pair.Line);

        Assert.Equal(nameof(ValidationReason.TimedOut), result.Reason);
        Assert.Contains(
            "no answer within 3 s from the credential helper (", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_server_that_does_not_answer_is_named()
    {
        Registry.Faults.Add(new Fault { Path = BearerAuthentication.TokenPath, HangForever = true });
        using var run = new Run(Impatient);

        MirrorImageResult result = await run.ValidateAsync(Pair.Line);

        string asked = $"GET http://{Registry.Host}/token (token for repository:team/app:pull)";
        Assert.Contains($"no answer within 3 s to {asked} (", result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_registry_that_does_not_answer_what_is_authorized_is_the_one_that_is_waited_for(bool byToken)
    {
        var users = new Dictionary<string, string> { ["mirror"] = "secret" };
        Registry.Options.Authentication = byToken ? Bearer : new BasicAuthentication { Users = users };
        Bearer.Users = users;
        Registry.Faults.Add(new Fault { Path = "/v2/*", AuthorizedOnly = true, HangForever = true });
        using var run = new Run(Impatient, destination: Run.User("mirror", "secret"));

        MirrorImageResult result = await run.ValidateAsync(Pair.Line);

        Assert.Contains("/manifests/1: no answer within 3 s (1 attempt)", result.Message, StringComparison.Ordinal);
    }

    private sealed class Source(Func<CancellationToken, Task<RegistryCredential?>> find) : ICredentialSource
    {
        public string Description => "the test";

        public async ValueTask<RegistryCredential?> FindAsync(
            RegistryHost registry, string repository, CancellationToken cancellationToken) =>
            await find(cancellationToken);
    }
}
