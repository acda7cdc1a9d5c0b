using MirrorValidate.References;
using Polly;
using Polly.CircuitBreaker;

namespace MirrorValidate.Registries.Transport;

/// <summary>
/// Sends requests until they succeed or have failed for good: retries what is transient within the time there is, leaves hosts alone
/// that do not answer at all, and says in one sentence what it could not get through.
/// </summary>
internal sealed class RegistrySender(EndpointPool endpoints, RegistryExchange exchange, RegistryOptions options, RegistrySide side)
{
    /// <summary>Whether a registry limits pulls, as far as is known.</summary>
    internal bool LimitsPulls(RegistryHost registry) => registry.IsDockerHub || endpoints.Get(registry).Pulls.IsKnown;

    /// <summary>Sends a request.</summary>
    /// <exception cref="RegistryException">No success; the message names side, host, request, attempts and the registry's own words.</exception>
    internal async Task<RegistryResponse> SendAsync(RegistryRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        RegistryEndpoint endpoint = endpoints.Get(request.Host);
        var call = new Call(exchange, endpoint, new RequestProgress(side, request, context, options.AttemptTimeout));
        try
        {
            Outcome<RegistryResponse> outcome = await endpoint.Breaker.ExecuteAsync(SendInTimeAsync, call, cancellationToken).ConfigureAwait(false);
            outcome.ThrowIfException();
            return outcome.Result!;
        }
        catch (RegistryException e)
        {
            throw e.Saying(call.Progress.Explain(e.Message));
        }
        catch (BrokenCircuitException)
        {
            throw new RegistryException(
                RegistryFault.Unavailable,
                call.Progress.Explain($"not asked: requests before this one got no answer ({endpoint.Breaker.LastProblem}); the registry is tried again later in the run"));
        }
    }

    // Inside the breaker, so that a host which only ever runs out the time of the images counts as one that does not answer.
    private static async ValueTask<Outcome<RegistryResponse>> SendInTimeAsync(Call call, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (call.Progress.Context.TimeLeft is var left && left != TimeSpan.MaxValue) deadline.CancelAfter(left);
        Outcome<RegistryResponse> outcome = await call.AttemptAsync(deadline.Token).ConfigureAwait(false);
        if (outcome.Exception is RegistryException { IsTransient: true })
            outcome = await RetryAsync(call, outcome, deadline.Token).ConfigureAwait(false);
        return outcome.Exception is OperationCanceledException e && !cancellationToken.IsCancellationRequested
            ? Outcome.FromException<RegistryResponse>(call.Progress.OutOfTime(e))
            : outcome;
    }

    // Most requests need no second attempt, so the pipeline begins with what came of the first.
    private static async ValueTask<Outcome<RegistryResponse>> RetryAsync(Call call, Outcome<RegistryResponse> first, CancellationToken cancellationToken)
    {
        bool isFirst = true;
        ResilienceContext context = ResilienceContextPool.Shared.Get(cancellationToken);
        try
        {
            return await call.Endpoint.Retries.ExecuteOutcomeAsync(
                (attempt, call) =>
                {
                    if (!isFirst) return call.AttemptAsync(attempt.CancellationToken);
                    isFirst = false;
                    return ValueTask.FromResult(first);
                },
                context,
                call).ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private sealed record Call(RegistryExchange Exchange, RegistryEndpoint Endpoint, RequestProgress Progress)
    {
        internal ValueTask<Outcome<RegistryResponse>> AttemptAsync(CancellationToken cancellationToken) =>
            Progress.AttemptAsync(Exchange, Endpoint, cancellationToken);
    }
}
