using Polly;
using Polly.Retry;

namespace MirrorValidate.Registries.Transport;

/// <summary>The retries of one request: transient faults only, with jittered exponential delays or what the registry asked for.</summary>
internal static class RetryPipeline
{
    internal static ResiliencePipeline Create(RegistryOptions options)
    {
        var builder = new ResiliencePipelineBuilder();
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
