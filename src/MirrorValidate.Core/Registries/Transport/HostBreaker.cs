using Polly;
using Polly.CircuitBreaker;

namespace MirrorValidate.Registries.Transport;

/// <summary>
/// Ends requests to a host that does not answer at all, so that a list of thousands of lines does not wait for each to find that out
/// again. Opens after some requests in a row which failed for good, retries and all; any answer but a gateway's ends the row. Once the
/// break is over one request tries again, the others still ending at once.
/// </summary>
internal sealed class HostBreaker
{
    private const int FailuresInARow = 3;

    private readonly Lazy<ResiliencePipeline<RegistryResponse>> _pipeline;
    private int _failures;
    private volatile string? _lastProblem;

    internal HostBreaker(TimeSpan breakDuration)
    {
        // A ratio of failures within a time would never be reached where requests fail slowly, one by one; the row is counted here instead,
        // and Polly, told of the failure that completes it, keeps the state. It is first asked when something has failed: a host that
        // answers has no use for it.
        _pipeline = new(() => new ResiliencePipelineBuilder<RegistryResponse>()
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<RegistryResponse>
            {
                ShouldHandle = args => ValueTask.FromResult(CompletesRow(args.Outcome.Exception)),
                FailureRatio = double.Epsilon,
                MinimumThroughput = 2,
                SamplingDuration = TimeSpan.FromDays(1),
                BreakDuration = breakDuration,
            })
            .Build());
    }

    /// <summary>Why the last of the requests failed.</summary>
    internal string LastProblem => _lastProblem ?? "";

    /// <summary>Sends a request, retries and all, unless the host is left alone.</summary>
    /// <param name="send">Sends it.</param>
    /// <param name="request">What to send.</param>
    /// <param name="cancellationToken">Ends the sending.</param>
    /// <returns>What came of it; a <see cref="BrokenCircuitException"/> where it was not sent.</returns>
    internal async ValueTask<Outcome<RegistryResponse>> ExecuteAsync<TRequest>(
        Func<TRequest, CancellationToken, ValueTask<Outcome<RegistryResponse>>> send, TRequest request, CancellationToken cancellationToken)
        where TRequest : class
    {
        if (_pipeline.IsValueCreated) return await TellAsync(send, request, cancellationToken).ConfigureAwait(false);
        Outcome<RegistryResponse> outcome = await send(request, cancellationToken).ConfigureAwait(false);
        if (IsSilence(outcome.Exception) || _pipeline.IsValueCreated)
            await TellAsync(static (outcome, _) => ValueTask.FromResult(outcome.Value), new Known(outcome), cancellationToken).ConfigureAwait(false);
        return outcome;
    }

    private async ValueTask<Outcome<RegistryResponse>> TellAsync<TRequest>(
        Func<TRequest, CancellationToken, ValueTask<Outcome<RegistryResponse>>> send, TRequest request, CancellationToken cancellationToken)
    {
        ResilienceContext context = ResilienceContextPool.Shared.Get(cancellationToken);
        try
        {
            return await _pipeline.Value.ExecuteOutcomeAsync(
                static (context, state) => state.send(state.request, context.CancellationToken), context, (send, request)).ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    // Of the statuses only a gateway's say that nobody is there; 500 is an answer to this one request, and 404 or 429 anyway.
    private static bool IsSilence(Exception? outcome) => outcome is RegistryException
    {
        Fault: RegistryFault.Unavailable or RegistryFault.TimedOut,
        StatusCode: null or System.Net.HttpStatusCode.BadGateway or System.Net.HttpStatusCode.ServiceUnavailable or System.Net.HttpStatusCode.GatewayTimeout,
    };

    private bool CompletesRow(Exception? outcome)
    {
        // Who gave up waiting has learned nothing of the host.
        if (outcome is OperationCanceledException) return false;
        if (!IsSilence(outcome))
        {
            Interlocked.Exchange(ref _failures, 0);
            return false;
        }

        _lastProblem = outcome!.Message;
        return Interlocked.Increment(ref _failures) >= FailuresInARow;
    }

    private sealed record Known(Outcome<RegistryResponse> Value);
}
