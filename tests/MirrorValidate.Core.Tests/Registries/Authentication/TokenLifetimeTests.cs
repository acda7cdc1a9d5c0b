using System.Text;
using MirrorValidate.Embedded;
using MirrorValidate.References;
using MirrorValidate.Registries;
using MirrorValidate.Registries.Authentication;
using MirrorValidate.Registries.Transport;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Registries.Authentication;

/// <summary>How long tokens are kept (distribution docs, spec/auth/token.md, "expires_in").</summary>
public sealed class TokenLifetimeTests()
    : BearerTest(new BearerAuthentication { AllowAnonymous = true })
{
    private readonly ManualClock _clock = new();

    /// <summary>It is renewed a quarter of its lifetime before its end, but at most ten seconds before.</summary>
    [Theory]
    [InlineData("1", 0.75)]
    [InlineData("8", 6)]
    [InlineData("40", 30)]
    [InlineData("3600", 3590)]
    public async Task A_token_is_used_until_shortly_before_its_end(string expiresIn, double seconds)
    {
        State(expiresIn);

        await AssertIsKeptForAsync(seconds);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1e300")]
    [InlineData("100000000")]
    [InlineData("\"8\"")]
    [InlineData("null")]
    public async Task A_lifetime_that_makes_no_sense_is_none(string expiresIn)
    {
        State(expiresIn);

        await AssertIsKeptForAsync(50);
    }

    [Fact]
    public async Task A_token_without_a_lifetime_lives_for_a_minute()
    {
        Bearer.ExpiresIn = -1;

        await AssertIsKeptForAsync(50);
    }

    [Fact]
    public async Task A_token_is_renewed_while_the_registry_still_takes_it()
    {
        Bearer.Lifetime = TimeSpan.FromSeconds(100);
        Bearer.Tokens.Clock = _clock;
        using var run = new Run(clock: _clock);
        Passed(await run.ValidateAsync(Pair.Line));
        Registry.Requests.Clear();

        for (int second = 0; second < 250; second += 5)
        {
            _clock.Now += TimeSpan.FromSeconds(5);
            Passed(await run.ValidateAsync(Pair.Line));
        }

        Assert.DoesNotContain(Registry.Requests.Snapshot(), request => request.Status == 401);
        Assert.Equal(2, TokenRequests);
    }

    [Fact]
    public async Task Tokens_that_live_are_kept_however_many_there_are()
    {
        Registry.Faults.Add(new Fault { Path = BearerAuthentication.TokenPath, Body = "{\"token\":\"made\"}" });
        using var pool = new EndpointPool(Run.Quick);
        var tokens = new TokenProvider(new TokenClient(pool, Run.Quick, _clock), new CredentialTrials());
        RegistryHost host = RegistryHost.Parse(Registry.Host);
        RegistryEndpoint endpoint = pool.Get(host);
        using var run = new Run();
        var state = new RequestState(RegistrySide.Destination, RegistryRequest.Ping(host), run.Context());
        var realm = new Uri($"http://{Registry.Host}{BearerAuthentication.TokenPath}");
        async Task<bool> IsNewAsync(int number)
        {
            var key = new TokenKey(realm, "", TokenScope.Of($"team/x{number}"), Credential: null);
            return (await tokens.GetAsync(key, endpoint, refused: null, state, default)).IsNew;
        }

        // Above 4096, those that have expired are dropped.
        for (int number = 0; number < 4100; number++) Assert.True(await IsNewAsync(number));

        for (int number = 0; number < 4100; number++) Assert.False(await IsNewAsync(number));
    }

    private int TokenRequests =>
        Registry.Requests.Where(request => request.Path == BearerAuthentication.TokenPath).Count;

    private static void Passed(MirrorImageResult result) =>
        Assert.True(result.Status == nameof(ValidationStatus.Passed), result.Message);

    // The embedded registry states whole seconds only.
    private void State(string expiresIn)
    {
        Bearer.ExpiresIn = -1;
        Registry.Faults.Add(new Fault
        {
            Path = BearerAuthentication.TokenPath,
            TransformBody = body => [.. Encoding.UTF8.GetBytes($"{{\"expires_in\":{expiresIn},"), .. body[1..]],
        });
    }

    private async Task AssertIsKeptForAsync(double seconds)
    {
        using var run = new Run(clock: _clock);
        DateTimeOffset start = _clock.Now;
        Passed(await run.ValidateAsync(Pair.Line));
        Assert.Equal(1, TokenRequests);

        _clock.Now = start + TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1);
        Passed(await run.ValidateAsync(Pair.Line));
        Assert.Equal(1, TokenRequests);

        _clock.Now = start + TimeSpan.FromSeconds(seconds);
        Passed(await run.ValidateAsync(Pair.Line));
        Assert.Equal(2, TokenRequests);
    }
}
