using MirrorValidate.Embedded;
using MirrorValidate.Logging;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Registries.Transport;

public sealed class RetryTests : IAsyncLifetime
{
    private Mirror _mirror = null!;

    public async Task InitializeAsync() => _mirror = await Mirror.StartAsync();

    public async Task DisposeAsync() => await _mirror.DisposeAsync();

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task What_passes_by_itself_is_got_through(int status)
    {
        Fault fault = _mirror.Destination.Faults.Add(new Fault { Status = status, Times = 2 });
        using var run = new Run();

        Assert.Equal(nameof(ValidationStatus.Passed), (await run.ValidateAsync(_mirror.Line)).Status);

        Assert.Equal(2, fault.Hits);
        LogEvent[] warnings = [.. run.Log.Events.Where(line => line.Level == LogLevel.Warning)];
        Assert.Equal(2, warnings.Length);
        Assert.All(warnings, line => Assert.Contains($"destination registry {_mirror.Destination.Host}: GET {Mirror.Manifest}: {status} ", line.Text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 3)]
    [InlineData(4, 5)]
    public async Task So_many_retries_are_one_attempt_more(int retries, int attempts)
    {
        _mirror.Destination.Faults.Add(new Fault { Status = 503 });
        using var run = new Run(Run.Quick with { MaximumRetryCount = retries });

        MirrorImageResult result = await run.ValidateAsync(_mirror.Line);

        Assert.Equal(attempts, _mirror.Destination.Requests.Count);
        Assert.Equal(attempts + 1, result.RequestCount);
        Assert.EndsWith($"({attempts} attempt{(attempts == 1 ? "" : "s")})", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_time_for_another_attempt_is_told_by_what_went_wrong()
    {
        _mirror.Destination.Faults.Add(new Fault { Status = 503 });
        using var run = new Run(
            Run.Quick with { RetryDelay = TimeSpan.FromMinutes(10), MaximumRetryDelay = TimeSpan.FromMinutes(10) },
            validation: new ValidationOptions { Timeout = TimeSpan.FromSeconds(4) });

        MirrorImageResult result = await run.ValidateAsync(_mirror.Line);

        Assert.Equal(nameof(ValidationReason.RegistryUnavailable), result.Reason);
        Assert.Contains("503 Service Unavailable", result.Message, StringComparison.Ordinal);
        Assert.Contains(
            "no time left for another attempt within the 4 s for the image (1 attempt)",
            result.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_identity_token_is_sent_again_only_where_nothing_was_done_with_it()
    {
        _mirror.Destination.Options.Authentication = new BearerAuthentication();
        Fault broken = _mirror.Destination.Faults.Add(new Fault { Path = BearerAuthentication.TokenPath, Method = "POST", Status = 500 });
        var identity = new MirrorValidate.Registries.Authentication.FixedCredential("the test", MirrorValidate.Registries.Authentication.RegistryCredential.IdentityToken("refresh-me"));
        using var run = new Run(destination: identity);

        Assert.Equal(nameof(ValidationReason.RegistryUnavailable), (await run.ValidateAsync(_mirror.Line)).Reason);
        Assert.Equal(1, broken.Hits);

        _mirror.Destination.Faults.Clear();
        Fault busy = _mirror.Destination.Faults.Add(new Fault { Path = BearerAuthentication.TokenPath, Method = "POST", Status = 503 });
        await run.ValidateAsync(_mirror.Line);
        Assert.Equal(3, busy.Hits);
    }
}
