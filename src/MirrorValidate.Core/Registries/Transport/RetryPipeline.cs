using Polly;
using Polly.Retry;

namespace MirrorValidate.Registries.Transport;

/// <summary>Retries of transient faults, with jittered exponential delays or those that the registry asked for.</summary>
internal static class RetryPipeline
{
    internal static ResiliencePipeline<RegistryResponse> Create(RegistryOptions options)
    {
        if (options.MaximumRetryCount == 0) return ResiliencePipeline<RegistryResponse>.Empty;
        return new ResiliencePipelineBuilder<RegistryResponse>()
            .AddRetry(new RetryStrategyOptions<RegistryResponse>
            {
                ShouldHandle = static args => ValueTask.FromResult(args.Outcome.Exception is RegistryException { IsTransient: true }),
                MaxRetryAttempts = options.MaximumRetryCount,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.RetryDelay,
                MaxDelay = options.MaximumRetryDelay,
                DelayGenerator = static args => ValueTask.FromResult((args.Outcome.Exception as RegistryException)?.RetryAfter),
            })
            .Build();
    }
}
