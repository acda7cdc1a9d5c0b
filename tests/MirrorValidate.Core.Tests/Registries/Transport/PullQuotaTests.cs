using MirrorValidate.Core.Tests.Validation;
using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Registries.Transport;

/// <summary>A host that limits pulls is waited for until it has renewed them.</summary>
public sealed class PullQuotaTests : IAsyncLifetime
{
    private Mirror _mirror = null!;

    /// <summary>What the log says of a wait, after the seconds left when it begins.</summary>
    private string Wait => $" s for {_mirror.Source.Host}: 0 of 0 pulls left";

    public async Task InitializeAsync() => _mirror = await Mirror.StartAsync();

    public async Task DisposeAsync() => await _mirror.DisposeAsync();

    [Fact]
    public async Task An_image_waits_for_new_pulls_longer_than_its_time_and_passes()
    {
        var limit = new PullRateLimit { Limit = 0, RetryAfter = TimeSpan.FromSeconds(6) };
        _mirror.Source.Options.PullRateLimit = limit;
        using var run = new Run(
            Run.Quick with { MaximumRetryCount = 0, AttemptTimeout = TimeSpan.FromSeconds(5) },
            validation: new ValidationOptions { Timeout = TimeSpan.FromSeconds(5) });
        Task waits = run.Log.WaitForAsync(Wait);
        Task<MirrorImageResult> first = run.ValidateAsync(_mirror.Line);
        Task<MirrorImageResult> second = run.ValidateAsync(_mirror.Line);
        await waits;
        Assert.Contains("0 of 0 pulls left in 6 h", run.DescribePulls(), StringComparison.Ordinal);
        Assert.StartsWith("waiting until ", run.DescribePulls(), StringComparison.Ordinal);
        limit.Reset(100);
        ResultAssert.Passed(await first);
        ResultAssert.Passed(await second);
        Assert.DoesNotContain("waiting", run.DescribePulls(), StringComparison.Ordinal);
        Assert.Contains("pulls left", run.DescribePulls(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pulls_are_tried_again_now_and_then_where_the_host_does_not_say_when()
    {
        var limit = new PullRateLimit { Limit = 0, Window = TimeSpan.FromSeconds(30) };
        _mirror.Source.Options.PullRateLimit = limit;
        using var run = new Run(Run.Quick with { MaximumRetryCount = 0 });
        Task waits = run.Log.WaitForAsync(Wait);
        Task<MirrorImageResult> image = run.ValidateAsync(_mirror.Line);
        await waits;
        // A 72nd of the window, and a second at least.
        Assert.Matches(@"waiting (1|0\.\d) s for ", run.Log.Text);
        limit.Reset(100);
        ResultAssert.Passed(await image);
    }

    [Fact]
    public async Task A_host_that_does_not_renew_them_within_its_window_is_an_error_for_all_images()
    {
        _mirror.Source.Options.PullRateLimit = new PullRateLimit { Limit = 0, Window = TimeSpan.FromSeconds(1) };
        using var run = new Run(Run.Quick with { MaximumRetryCount = 0 });
        for (int i = 0; i < 2; i++)
        {
            // What is the same on both sides is not pulled.
            SampleImages.OciIndex($"source {i}").PutInto(_mirror.Source.Store, $"team/app{i}", "1");
            SampleImages.OciIndex($"destination {i}").PutInto(_mirror.Destination.Store, $"team/app{i}", "1");
            MirrorImageResult result = await run.ValidateAsync(_mirror.LineOf($"team/app{i}"));
            ResultAssert.Error(ValidationReason.RateLimited, "429 Too Many Requests", result);
        }

        int pulls = _mirror.Source.Requests.Snapshot().Count(request => request.Status == 429);
        // The first image tries once more when the window has passed; the second finds out at once.
        Assert.InRange(pulls, 2, 4);
    }

    [Fact]
    public async Task A_limit_of_another_kind_is_retried_as_ever()
    {
        _mirror.Source.Options.PullRateLimit = new PullRateLimit { Limit = 50 };
        _mirror.Source.Faults.Add(
            new Fault { Status = 429, Times = 10, Headers = { ["RateLimit-Remaining"] = "49;w=21600" } });
        using var run = new Run(Run.Quick with { MaximumRetryCount = 1 });
        MirrorImageResult result = await run.ValidateAsync(_mirror.Line);
        ResultAssert.Error(ValidationReason.RateLimited, "429 Too Many Requests", result);
    }

    [Fact]
    public async Task The_wait_can_be_cancelled()
    {
        _mirror.Source.Options.PullRateLimit = new PullRateLimit { Limit = 0 };
        using var run = new Run();
        using var cancellation = new CancellationTokenSource();
        Task waits = run.Log.WaitForAsync(Wait);
        Task<MirrorImageResult> image = run.ValidateAsync(_mirror.Line, cancellation.Token);
        await waits;
        Assert.Matches(@"waiting (300|29\d(\.\d)?) s for ", run.Log.Text);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => image);
    }
}
