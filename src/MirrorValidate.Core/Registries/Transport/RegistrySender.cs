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
        ResilienceContext resilience = ResilienceContextPool.Shared.Get(cancellationToken);
        try
        {
            Outcome<RegistryResponse> outcome =
                await endpoint.Breaker.Pipeline.ExecuteOutcomeAsync(SendInTimeAsync, resilience, call).ConfigureAwait(false);
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
        finally
        {
            ResilienceContextPool.Shared.Return(resilience);
        }
    }

    // Inside the breaker, so that a host which only ever runs out the time of the images counts as one that does not answer.
    private static async ValueTask<Outcome<RegistryResponse>> SendInTimeAsync(ResilienceContext outer, Call call)
    {
        RequestContext context = call.Progress.Context;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(outer.CancellationToken);
        if (context.TimeLeft is var left && left != TimeSpan.MaxValue) deadline.CancelAfter(left);
        ResilienceContext resilience = ResilienceContextPool.Shared.Get(deadline.Token);
        try
        {
            Outcome<RegistryResponse> outcome = await call.Endpoint.Retries.ExecuteOutcomeAsync(
                static (attempt, call) => call.Progress.AttemptAsync(call.Exchange, call.Endpoint, attempt.CancellationToken),
                resilience,
                call).ConfigureAwait(false);
            return outcome.Exception is OperationCanceledException e && !outer.CancellationToken.IsCancellationRequested
                ? Outcome.FromException<RegistryResponse>(call.Progress.OutOfTime(e))
                : outcome;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(resilience);
        }
    }

    private sealed record Call(RegistryExchange Exchange, RegistryEndpoint Endpoint, RequestProgress Progress);
}
