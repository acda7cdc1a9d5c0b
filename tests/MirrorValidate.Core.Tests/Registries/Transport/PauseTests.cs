using System.Globalization;
using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Registries.Transport;

/// <summary>A host that asks to be left alone is, by all requests of the run together.</summary>
public sealed class PauseTests : IAsyncLifetime
{
    private Mirror _mirror = null!;

    public async Task InitializeAsync() => _mirror = await Mirror.StartAsync();

    public async Task DisposeAsync() => await _mirror.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_request_is_sent_during_a_pause_and_two_hundred_images_pass_after_it(bool byDate)
    {
        DateTimeOffset end = DateTimeOffset.UtcNow.AddSeconds(8);
        _mirror.Destination.Faults.Add(new Fault
        {
            Status = 429,
            Times = 1,
            Headers = { ["Retry-After"] = byDate ? end.ToString("R", CultureInfo.InvariantCulture) : "3" },
        });
        using var run = new Run();
        Task paused = run.Log.WaitForAsync("which asked to be left alone");
        // Alone, so that no other request is on its way when the answer comes.
        Task<MirrorImageResult> first = run.ValidateAsync(_mirror.Line);
        await paused;

        using var throttle = new SemaphoreSlim(20, 20);
        MirrorImageResult[] results = await Task.WhenAll([first, .. Enumerable.Range(0, 200).Select(_ => ThrottledAsync(run, throttle))]);

        Assert.All(results, result => Assert.Equal(nameof(ValidationStatus.Passed), result.Status));
        IReadOnlyList<RecordedRequest> requests = _mirror.Destination.Requests.Snapshot();
        RecordedRequest limited = requests.Single(request => request.Status == 429);
        // The date has no fractions of a second.
        DateTimeOffset over = byDate ? end.AddMilliseconds(-end.Millisecond) : limited.Time.AddSeconds(3);
        Assert.Equal(limited, Assert.Single(requests, request => request.Time < over.AddMilliseconds(-100)));
    }

    [Fact]
    public async Task A_limit_without_a_word_of_when_is_given_longer_each_time()
    {
        _mirror.Destination.Faults.Add(new Fault { Status = 429, Times = 3 });
        using var run = new Run(Run.Quick with { MaximumRetryCount = 5, RetryDelay = TimeSpan.FromMilliseconds(40) });

        Assert.Equal(nameof(ValidationStatus.Passed), (await run.ValidateAsync(_mirror.Line)).Status);

        RecordedRequest[] requests = [.. _mirror.Destination.Requests.Snapshot()];
        for (int i = 0; i < 3; i++) Assert.InRange(requests[i + 1].Time - requests[i].Time, TimeSpan.FromMilliseconds(199 << i), Patience.Long);
    }

    [Theory]
    [InlineData(503, "0")]
    [InlineData(503, "Wed, 21 Oct 2015 07:28:00 GMT")]
    [InlineData(500, "0")]
    [InlineData(429, "0")]
    [InlineData(429, "Wed, 21 Oct 2015 07:28:00 GMT")]
    [InlineData(429, "-5")]
    public async Task A_pause_of_nothing_does_not_hurry_the_next_attempts(int status, string retryAfter)
    {
        _mirror.Destination.Faults.Add(new Fault { Status = status, Times = 3, Headers = { ["Retry-After"] = retryAfter } });
        using var run = new Run(Run.Quick with { MaximumRetryCount = 3, RetryDelay = TimeSpan.FromMilliseconds(100) });

        Assert.Equal(nameof(ValidationStatus.Passed), (await run.ValidateAsync(_mirror.Line)).Status);

        RecordedRequest[] requests = [.. _mirror.Destination.Requests.Snapshot()];
        // Three delays with jitter: it may shorten the first to nothing, not their sum.
        Assert.InRange(requests[3].Time - requests[0].Time, TimeSpan.FromMilliseconds(270), Patience.Long);
    }

    [Fact]
    public async Task A_pause_of_nothing_at_the_token_server_does_not_hurry_either()
    {
        _mirror.Destination.Options.Authentication = new BearerAuthentication { AllowAnonymous = true };
        _mirror.Destination.Faults.Add(new Fault { Path = BearerAuthentication.TokenPath, Status = 429, Times = 2, Headers = { ["Retry-After"] = "0" } });
        using var run = new Run(Run.Quick with { RetryDelay = TimeSpan.FromMilliseconds(40) });

        Assert.Equal(nameof(ValidationStatus.Passed), (await run.ValidateAsync(_mirror.Line)).Status);

        IReadOnlyList<RecordedRequest> tokens = _mirror.Destination.Requests.Where(request => request.Path == BearerAuthentication.TokenPath);
        Assert.InRange(tokens[1].Time - tokens[0].Time, TimeSpan.FromMilliseconds(199), Patience.Long);
    }

    [Fact]
    public async Task A_pause_longer_than_the_time_left_ends_at_once_and_others_are_not_asked()
    {
        _mirror.Destination.Faults.Add(new Fault { Status = 429, Headers = { ["Retry-After"] = "660" } });
        using var run = new Run();

        MirrorImageResult first = await run.ValidateAsync(_mirror.Line);
        MirrorImageResult second = await run.ValidateAsync(_mirror.Line);

        Assert.Equal(nameof(ValidationReason.RateLimited), first.Reason);
        Assert.Equal(nameof(ValidationReason.RateLimited), second.Reason);
        Assert.Contains("not asked: ", second.Message, StringComparison.Ordinal);
        Assert.Contains("wants to be left alone for 6", second.Message, StringComparison.Ordinal);
        Assert.Contains("(0 attempts)", second.Message, StringComparison.Ordinal);
        Assert.Single(_mirror.Destination.Requests.Snapshot());
    }

    [Fact]
    public async Task A_pause_of_one_host_is_not_one_of_another()
    {
        await using EmbeddedRegistry storage = await EmbeddedRegistry.StartAsync();
        BuiltManifest image = SampleImages.Image("single");
        image.PutInto(_mirror.Source.Store, "team/single", "1");
        SampleImages.Wrapped(image).PutInto(_mirror.Destination.Store, "team/single", "1");
        _mirror.Source.Faults.Add(new Fault { Path = "/v2/team/single/blobs/*", RedirectTo = $"http://{storage.Host}/x" });
        storage.Faults.Add(new Fault { Status = 503, Headers = { ["Retry-After"] = "3600" } });
        using var run = new Run();

        MirrorImageResult single = await run.ValidateAsync(_mirror.LineOf("team/single"));
        MirrorImageResult list = await run.ValidateAsync(_mirror.Line);

        Assert.Equal(nameof(ValidationReason.RegistryUnavailable), single.Reason);
        Assert.Equal(nameof(ValidationStatus.Passed), list.Status);
    }

    [Fact]
    public async Task A_token_server_is_left_alone_too()
    {
        _mirror.Destination.Options.Authentication = new BearerAuthentication { AllowAnonymous = true };
        _mirror.Destination.Faults.Add(new Fault { Path = BearerAuthentication.TokenPath, Status = 429, Times = 1, Headers = { ["Retry-After"] = "2" } });
        BuiltManifest image = SampleImages.DockerList("other");
        foreach (int number in Enumerable.Range(0, 10)) _mirror.Put(image, $"team/other{number}");
        using var run = new Run();
        Task<MirrorImageResult> first = run.ValidateAsync(_mirror.Line);
        await Patience.UntilAsync(() => TokenRequests().Any(request => request.Status == 429));
        await Patience.UntilAsync(() => run.Log.Text.Contains("429", StringComparison.Ordinal));

        MirrorImageResult[] results = await Task.WhenAll([first, .. Enumerable.Range(0, 10).Select(number => run.ValidateAsync(_mirror.LineOf($"team/other{number}")))]);

        Assert.All(results, result => Assert.Equal(nameof(ValidationStatus.Passed), result.Status));
        RecordedRequest limited = TokenRequests().Single(request => request.Status == 429);
        Assert.DoesNotContain(TokenRequests(), request => request != limited && request.Time < limited.Time.AddSeconds(2).AddMilliseconds(-1));
        Assert.Equal(11 + 1, TokenRequests().Count);

        IReadOnlyList<RecordedRequest> TokenRequests() => _mirror.Destination.Requests.Where(request => request.Path == BearerAuthentication.TokenPath);
    }

    [Fact]
    public async Task Time_that_a_host_asked_for_is_no_time_of_the_attempt()
    {
        _mirror.Destination.Faults.Add(new Fault { Status = 429, Times = 1, Headers = { ["Retry-After"] = "5" } });
        using var run = new Run(Run.Quick with { AttemptTimeout = TimeSpan.FromSeconds(4) });
        Task paused = run.Log.WaitForAsync("which asked to be left alone");
        Task<MirrorImageResult> first = run.ValidateAsync(_mirror.Line);
        Task<MirrorImageResult> second = run.ValidateAsync(_mirror.Line);
        await paused;

        Assert.Equal(nameof(ValidationStatus.Passed), (await run.ValidateAsync(_mirror.Line)).Status);
        Assert.Equal(nameof(ValidationStatus.Passed), (await first).Status);
        Assert.Equal(nameof(ValidationStatus.Passed), (await second).Status);
    }

    private async Task<MirrorImageResult> ThrottledAsync(Run run, SemaphoreSlim throttle)
    {
        await throttle.WaitAsync();
        try
        {
            return await run.ValidateAsync(_mirror.Line);
        }
        finally
        {
            throttle.Release();
        }
    }
}
