using System.Net;
using MirrorValidate.Embedded;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Registries.Transport;

/// <summary>A registry that redirects to another one, which wants a token that everybody gets: without any credential.</summary>
public sealed class GuestTests : IAsyncLifetime
{
    private readonly BearerAuthentication _bearer = new() { AllowAnonymous = true, Users = new Dictionary<string, string> { ["mirror"] = "correct horse" } };

    private Mirror _mirror = null!;
    private EmbeddedRegistry _other = null!;

    private EmbeddedRegistry Registry => _mirror.Destination;

    public async Task InitializeAsync()
    {
        _mirror = await Mirror.StartAsync();
        Registry.Options.Authentication = new BasicAuthentication { Users = new Dictionary<string, string> { ["mirror"] = "correct horse" } };
        _other = await EmbeddedRegistry.StartAsync(new EmbeddedRegistryOptions { Address = IPAddress.Parse("127.0.0.2") });
        _other.Options.Authentication = _bearer;
        _mirror.Image.PutInto(_other.Store, "upstream/app", "1");
        foreach (string kind in new[] { "manifests/1", $"manifests/{_mirror.Image.Child("linux/amd64").Digest}", $"manifests/{_mirror.Image.Child("linux/arm64/v8").Digest}" })
            Registry.Faults.Add(new Fault { AuthorizedOnly = true, Path = $"/v2/team/app/{kind}", RedirectTo = $"http://{_other.Host}/v2/upstream/app/{kind}" });
    }

    public async Task DisposeAsync()
    {
        await _mirror.DisposeAsync();
        await _other.DisposeAsync();
    }

    [Fact]
    public async Task An_anonymous_token_is_got_for_the_other_registry_and_no_credential_goes_there()
    {
        MirrorImageResult result = await ValidateAsync();

        Assert.True(result.Status == nameof(ValidationStatus.Passed), result.Message);
        RecordedRequest token = Assert.Single(_other.Requests.Where(request => request.Path == BearerAuthentication.TokenPath));
        Assert.Equal("?service=embedded-registry&scope=repository%3Aupstream%2Fapp%3Apull", token.Query);
        Assert.Null(token.Authorization);
        Assert.DoesNotContain(_other.Requests.Snapshot(), request => request.Authorization?.StartsWith("Basic", StringComparison.Ordinal) == true);
        Assert.DoesNotContain(Registry.Requests.Snapshot(), request => request.Authorization?.StartsWith("Bearer", StringComparison.Ordinal) == true);
        Assert.All(_bearer.Tokens.Issued, issued => Assert.Null(issued.User));
    }

    [Fact]
    public async Task Where_a_guest_may_not_read_it_is_told_whose_refusal_that_is()
    {
        _bearer.Policy = (_, _, _) => false;

        MirrorImageResult result = await ValidateAsync();

        Assert.Equal(nameof(ValidationReason.Unauthorized), result.Reason);
        Assert.Contains($"from {_other.Host}, which the registry redirected to", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_of_a_guest_is_not_shown()
    {
        const string token = "TOKEN_OF_A_GUEST";
        _other.Faults.Add(new Fault { Path = "/token", Body = $"{{\"token\":\"{token}\"}}" });
        _other.Faults.Add(new Fault
        {
            Path = "/v2/*",
            Predicate = context => context.Request.Headers.Authorization == $"Bearer {token}",
            Status = 403,
            Body = $"{{\"errors\":[{{\"code\":\"{token}\"}}]}}",
        });

        MirrorImageResult result = await ValidateAsync();

        Assert.Equal(nameof(ValidationReason.Forbidden), result.Reason);
        Assert.Contains("403 Forbidden", result.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(token, result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_guests_get_no_token_it_is_told_whose_refusal_that_is()
    {
        _bearer.AllowAnonymous = false;

        MirrorImageResult result = await ValidateAsync();

        Assert.Equal(nameof(ValidationReason.Unauthorized), result.Reason);
        Assert.Contains($"{_other.Host}, which the registry redirected to: GET http://{_other.Host}/token (token for repository:upstream/app:pull): 401 Unauthorized", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_realm_elsewhere_is_not_asked()
    {
        await using EmbeddedRegistry third = await EmbeddedRegistry.StartAsync(new EmbeddedRegistryOptions { Address = IPAddress.Parse("127.0.0.3") });
        _bearer.Realm = $"http://{third.Host}/token";

        MirrorImageResult result = await ValidateAsync();

        Assert.Equal(nameof(ValidationReason.Unauthorized), result.Reason);
        Assert.Contains($"its realm http://{third.Host} is on another host than the registry", result.Message, StringComparison.Ordinal);
        Assert.Equal(0, third.Requests.Count);
    }

    [Fact]
    public async Task A_manifest_that_is_not_there_either_is_missing()
    {
        _other.Store.DeleteManifest("upstream/app", "1");

        MirrorImageResult result = await ValidateAsync();

        Assert.Equal(nameof(ValidationReason.DestinationNotFound), result.Reason);
        Assert.Contains($"404 Not Found: MANIFEST_UNKNOWN from {_other.Host}, which the registry redirected to", result.Message, StringComparison.Ordinal);
    }

    private async Task<MirrorImageResult> ValidateAsync()
    {
        using var run = new Run(destination: Run.User("mirror", "correct horse"));
        return await run.ValidateAsync(_mirror.Line);
    }
}
