using Polly;
using Polly.Retry;

namespace MirrorValidate.Registries.Transport;

/// <summary>
/// Polly's retries of transient faults, with exponential delays and jitter. Where a host asks for a longer delay, the
/// attempt waits for the rest of it (<see cref="HostPause"/>); a shorter one, or one that has passed, changes nothing.
/// </summary>
internal static class RetryPipeline
{
    internal static ResiliencePipeline<RegistryResponse> Create(RegistryOptions options)
    {
        if (options.MaximumRetryCount == 0) return ResiliencePipeline<RegistryResponse>.Empty;
        return new ResiliencePipelineBuilder<RegistryResponse>()
            .AddRetry(new RetryStrategyOptions<RegistryResponse>
            {
                ShouldHandle = static args => ValueTask.FromResult(IsTransient(args.Outcome)),
                MaxRetryAttempts = options.MaximumRetryCount,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.RetryDelay,
                MaxDelay = options.MaximumRetryDelay,
            })
            .Build();
    }

    /// <summary>Whether another attempt may succeed.</summary>
    internal static bool IsTransient(Outcome<RegistryResponse> outcome) =>
        outcome.Exception is RegistryException { IsTransient: true };
}
