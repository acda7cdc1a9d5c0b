using System.Net;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace MirrorValidate.Registries.Transport;

/// <summary>
/// What stands between a request and a host that has trouble. Inside, retries of transient faults, with jittered exponential
/// delays or those that the registry asked for. Outside, a breaker that counts requests which failed for good because the
/// host did not answer: where all do, a list of thousands of lines does not wait for each to find that out again.
/// </summary>
internal static class ResiliencePipelines
{
    /// <summary>
    /// The time over which nearly all requests must have failed. Retries take several seconds, so that few requests fail for good in
    /// it when images are validated one by one.
    /// </summary>
    private static readonly TimeSpan SamplingDuration = TimeSpan.FromSeconds(60);

    internal static ResiliencePipeline Create(RegistryOptions options)
    {
        var builder = new ResiliencePipelineBuilder();
        builder.AddCircuitBreaker(new CircuitBreakerStrategyOptions
        {
            // A 500 is a registry's answer, often to one damaged image; it says nothing of the others.
            ShouldHandle = static args => ValueTask.FromResult(args.Outcome.Exception is RegistryException
            {
                Fault: RegistryFault.Unavailable or RegistryFault.TimedOut, IsTransient: true, StatusCode: not HttpStatusCode.InternalServerError,
            }),
            FailureRatio = 0.9,
            MinimumThroughput = 3,
            SamplingDuration = SamplingDuration,
            BreakDuration = options.BreakDuration,
        });
        if (options.MaximumRetryCount > 0)
        {
            builder.AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = static args => ValueTask.FromResult(args.Outcome.Exception is RegistryException { IsTransient: true }),
                MaxRetryAttempts = options.MaximumRetryCount,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.RetryDelay,
                MaxDelay = options.MaximumRetryDelay,
                DelayGenerator = static args => ValueTask.FromResult((args.Outcome.Exception as RegistryException)?.RetryAfter),
            });
        }

        return builder.Build();
    }
}
