using Polly;
using Polly.Retry;

namespace MirrorValidate.Registries.Transport;

/// <summary>Retries of transient faults, with jittered exponential delays or those that the registry asked for.</summary>
internal static class RetryPipeline
{
    internal static ResiliencePipeline Create(RegistryOptions options)
    {
        if (options.MaximumRetryCount == 0) return ResiliencePipeline.Empty;
        return new ResiliencePipelineBuilder()
            .AddRetry(new RetryStrategyOptions
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
