using System.Net;
using MirrorValidate.Embedded.Images;
using MirrorValidate.RealRegistry.Tests.Fixtures;
using MirrorValidate.RealRegistry.Tests.Mirroring;
using MirrorValidate.References;
using MirrorValidate.Validation;

namespace MirrorValidate.RealRegistry.Tests.Access;

/// <summary>A destination that requires a token from a service on this machine.</summary>
public sealed class TokenAuthenticationTests : IAsyncLifetime
{
    private static readonly NetworkCredential User = new("mirror", "secret");
    private static readonly TokenServerOptions ForUser = new() { User = User };

    private TokenServer _tokens = null!;
    private RegistryPair _registries = null!;
    private string _line = "";
    private int _tokensOfSkopeo;

    public async Task InitializeAsync()
    {
        if (RealBinaries.SkipReason is not null) return;
        _tokens = await TokenServer.StartAsync(ForUser);
        _registries = await RegistryPair.StartAsync(destination: new DockerRegistryOptions { Token = _tokens.Authentication });
        _line = await _registries.AddAsync(
            SampleImages.DockerList("list"), "list", new SkopeoCopyOptions { Destination = new SkopeoEndpoint { Credential = User } });
        _tokensOfSkopeo = _tokens.Requests.Count;
    }

    public async Task DisposeAsync()
    {
        if (_registries is null) return;
        await _registries.DisposeAsync();
        await _tokens.DisposeAsync();
    }

    [RealRegistryFact]
    public async Task A_token_is_fetched_once_for_a_repository_and_only_for_pulling()
    {
        using var run = new ValidationRun(destination: User);
        Expected.Passed(requests: 6).Check(await run.ValidateAsync(_line));
        Expected.Passed(requests: 4).Check(await run.ValidateAsync(_line));
        TokenRequest request = Assert.Single(_tokens.Requests.Skip(_tokensOfSkopeo));
        Assert.Equal("repository:mirror/list:pull", Assert.Single(request.Scopes).ToString());
    }

    [RealRegistryFact]
    public async Task Tokens_for_everybody_need_no_credential()
    {
        _tokens.Options = new TokenServerOptions();
        using var run = new ValidationRun();
        Expected.Passed(requests: 6).Check(await run.ValidateAsync(_line));
        Assert.Null(Assert.Single(_tokens.Requests.Skip(_tokensOfSkopeo)).Authorization);
    }

    [RealRegistryFact]
    public async Task Who_gets_no_token_is_unauthorized_and_what_is_missing_is_not_told()
    {
        await _registries.PushAsync(SampleImages.Image("unmirrored"), "unmirrored");
        foreach (NetworkCredential? credential in new[] { null, new NetworkCredential("mirror", "wrong") })
        {
            using var run = new ValidationRun(destination: credential);
            Unauthorized($"127.0.0.1:{_tokens.Realm.Port}").Check(await run.ValidateAsync(_line));
            Unauthorized($"127.0.0.1:{_tokens.Realm.Port}").Check(await run.ValidateAsync(_registries.Line("unmirrored")));
        }
    }

    [RealRegistryFact]
    public async Task What_does_not_exist_is_told_to_who_has_a_token()
    {
        await _registries.PushAsync(SampleImages.Image("unmirrored"), "unmirrored");
        using var run = new ValidationRun(destination: User);
        Expected.DestinationNotFound.Check(await run.ValidateAsync(_registries.Line("unmirrored")));
    }

    [RealRegistryFact]
    public async Task A_token_that_grants_nothing_or_is_expired_already_is_not_asked_for_again_and_again()
    {
        TokenServerOptions[] useless =
        [
            ForUser with { Grant = scope => scope with { Actions = [] } },
            ForUser with { TokenLifetime = TimeSpan.FromMinutes(-2), ReportedLifetime = null },
        ];
        foreach (TokenServerOptions options in useless)
        {
            _tokens.Options = options;
            using var run = new ValidationRun(destination: User);
            MirrorImageResult result = await run.ValidateAsync(_line);
            (Unauthorized("401 Unauthorized") with { Requests = 4 }).Check(result);
        }
    }

    [RealRegistryFact]
    public async Task A_token_that_expired_early_is_renewed()
    {
        _tokens.Options = ForUser with { TokenLifetime = TimeSpan.FromMinutes(-2) };
        using var run = new ValidationRun(destination: User);
        Unauthorized("401 Unauthorized").Check(await run.ValidateAsync(_line));
        _tokens.Options = ForUser;
        // By its expires_in the old token is still valid: it is refused once, then a new one is requested.
        Expected.Passed(requests: 6).Check(await run.ValidateAsync(_line));
    }

    [RealRegistryFact]
    public async Task A_token_service_that_is_down_is_unavailable()
    {
        Uri realm = _tokens.Realm;
        await _tokens.DisposeAsync();
        using var run = new ValidationRun(destination: User);
        Expected.Error(ValidationReason.RegistryUnavailable, "destination registry {destinationHost}: GET /v2/", $"127.0.0.1:{realm.Port}")
            .Check(await run.ValidateAsync(_line));
    }

    [RealRegistryFact]
    public async Task A_realm_on_another_host_gets_no_credential_until_it_is_trusted()
    {
        string byName = _line.Replace($" 127.0.0.1:", " localhost:", StringComparison.Ordinal);
        using var run = new ValidationRun(destination: User);
        Expected.Error(
            ValidationReason.Unauthorized,
            "destination registry {destinationHost}: GET /v2/",
            $"http://127.0.0.1:{_tokens.Realm.Port} is on another host than the registry").Check(await run.ValidateAsync(byName));
        Assert.Equal(_tokensOfSkopeo, _tokens.Requests.Count);

        using var trusting = new ValidationRun(ValidationRun.Quick with { TrustedRealms = [RegistryHost.Parse("127.0.0.1")] }, destination: User);
        Expected.Passed(requests: 6).Check(await trusting.ValidateAsync(byName));
    }

    private static Expected Unauthorized(string words) =>
        Expected.Error(ValidationReason.Unauthorized, "destination registry {destinationHost}: GET /v2/mirror/", words);
}
