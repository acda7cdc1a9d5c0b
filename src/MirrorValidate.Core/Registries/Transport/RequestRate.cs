using System.Threading.RateLimiting;
using Polly;

namespace MirrorValidate.Registries.Transport;

/// <summary>Spaces the requests to a host, so that there are no more than so many in a second. Thread-safe.</summary>
internal sealed class RequestRate : IDisposable
{
    // Timers are not exact to less than this.
    private static readonly TimeSpan _shortestPeriod = TimeSpan.FromMilliseconds(20);

    private readonly TokenBucketRateLimiter _limiter;
    private readonly ResiliencePipeline _pipeline;

    /// <param name="perSecond">The number of requests per second, more than 0.</param>
    internal RequestRate(double perSecond)
    {
        int atOnce = (int)Math.Max(1, Math.Ceiling(perSecond * _shortestPeriod.TotalSeconds));
        _limiter = new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
        {
            TokenLimit = atOnce,
            TokensPerPeriod = atOnce,
            ReplenishmentPeriod = TimeSpan.FromSeconds(atOnce / perSecond),
            QueueLimit = int.MaxValue,
        });
        _pipeline = new ResiliencePipelineBuilder().AddRateLimiter(_limiter).Build();
    }

    /// <summary>Waits for the turn of a request; they come in the order in which they were asked for.</summary>
    internal Task WaitAsync(CancellationToken cancellationToken) =>
        _pipeline.ExecuteAsync(static _ => ValueTask.CompletedTask, cancellationToken).AsTask();

    public void Dispose() => _limiter.Dispose();
}
