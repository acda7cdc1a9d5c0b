using MirrorValidate.Logging;
using MirrorValidate.References;
using Polly;

namespace MirrorValidate.Registries.Transport;

/// <summary>
/// Sends requests until they succeed or fail for good. Waits while a host asks to be left alone, refuses requests to a
/// host that has stopped answering, and retries transient faults in the time left for the image.
/// </summary>
/// <remarks>
/// A request goes one way: the sender (breaker, pause, retries), <see cref="RegistryExchange"/> (authorization, one
/// attempt), <see cref="RedirectFollower"/>, <see cref="RegistryEndpoint"/> (scheme, connections). What is known about
/// it goes along as <see cref="RequestState"/>.
/// </remarks>
/// <param name="endpoints">The endpoints of the run.</param>
/// <param name="exchange">Makes single attempts.</param>
/// <param name="options">Time limits and retries.</param>
/// <param name="side">The side whose registries are asked, for messages.</param>
internal sealed class RegistrySender(
    EndpointPool endpoints, RegistryExchange exchange, RegistryOptions options, RegistrySide side)
{
    private readonly Lazy<ResiliencePipeline<RegistryResponse>> _retries = new(() => RetryPipeline.Create(options));

    /// <summary>Whether a registry is known to limit pulls.</summary>
    internal bool LimitsPulls(RegistryHost registry) => registry.IsDockerHub || endpoints.Get(registry).Pulls.IsKnown;

    /// <summary>Sends a request.</summary>
    /// <exception cref="RegistryException">
    /// It failed; the message names side, host, request, number of attempts, and what the registry said.
    /// </exception>
    internal async Task<RegistryResponse> SendAsync(
        RegistryRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        RegistryEndpoint endpoint = endpoints.Get(request.Host);
        using var deadline = new RequestTimer(context.TimeLeft, cancellationToken);
        var state = new RequestState(side, request, context) { ImageTimer = deadline };

        if (!endpoint.Breaker.TryEnter()) throw NotSent(endpoint, state);
        Outcome<RegistryResponse> outcome = await AttemptAsync(endpoint, state, deadline.Token).ConfigureAwait(false);
        if (RetryPipeline.IsTransient(outcome))
            outcome = await RetryAsync(endpoint, state, outcome, deadline.Token).ConfigureAwait(false);
        if (outcome.Exception is OperationCanceledException cancelled && !cancellationToken.IsCancellationRequested)
            outcome = Outcome.FromException<RegistryResponse>(OutOfTime(state, cancelled));
        endpoint.Breaker.Record(outcome.Exception);

        if (outcome.Exception is RegistryException fault) throw fault.Saying(state.Explain(fault.Message));
        outcome.ThrowIfException();
        return outcome.Result!;
    }

    // Most requests succeed at once and need no Polly, so its pipeline starts with the outcome of the first attempt.
    private async ValueTask<Outcome<RegistryResponse>> RetryAsync(
        RegistryEndpoint endpoint,
        RequestState state,
        Outcome<RegistryResponse> first,
        CancellationToken cancellationToken)
    {
        bool isFirst = true;
        ResilienceContext context = ResilienceContextPool.Shared.Get(cancellationToken);
        try
        {
            return await _retries.Value.ExecuteOutcomeAsync(
                (attempt, state) =>
                {
                    if (!isFirst) return AttemptAsync(endpoint, state, attempt.CancellationToken);
                    isFirst = false;
                    return ValueTask.FromResult(first);
                },
                context,
                state).ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    // An attempt for which there were no pulls left was none: it is made again when they are renewed.
    private async ValueTask<Outcome<RegistryResponse>> AttemptAsync(
        RegistryEndpoint endpoint, RequestState state, CancellationToken cancellationToken)
    {
        Outcome<RegistryResponse> outcome;
        do outcome = await AttemptOnceAsync(endpoint, state, cancellationToken).ConfigureAwait(false);
        while (outcome.Exception is RegistryException { AwaitsPulls: true });
        return outcome;
    }

    private async ValueTask<Outcome<RegistryResponse>> AttemptOnceAsync(
        RegistryEndpoint endpoint, RequestState state, CancellationToken cancellationToken)
    {
        using var timer = new RequestTimer(options.AttemptTimeout, cancellationToken);
        state.Timer = timer;
        state.WaitingFor = "";
        state.LastFault = null;
        try
        {
            await endpoint.WaitForPausesAsync(state, timer.Token).ConfigureAwait(false);
            state.Attempts++;
            return Outcome.FromResult(await exchange.RunAsync(endpoint, state, timer.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            // The handler has a shorter limit of its own for connecting.
            string problem = timer.Token.IsCancellationRequested
                ? $"no answer within {Seconds.Of(options.AttemptTimeout)}{state.WaitingFor}"
                : $"no connection in time{state.WaitingFor}";
            return Failed(state, new RegistryException(RegistryFault.TimedOut, problem, e) { IsTransient = true });
        }
        catch (RegistryException e)
        {
            return Failed(state, e);
        }
        catch (Exception e)
        {
            return Outcome.FromException<RegistryResponse>(e);
        }
    }

    private static Outcome<RegistryResponse> Failed(RequestState state, RegistryException fault)
    {
        state.LastFault = fault;
        if (fault.IsTransient) state.Context.Log(LogLevel.Warning, () => state.Explain(fault.Message));
        return Outcome.FromException<RegistryResponse>(fault);
    }

    private static RegistryException NotSent(RegistryEndpoint endpoint, RequestState state)
    {
        string reason = $"requests before this one got no answer ({endpoint.Breaker.LastProblem})";
        return new RegistryException(
            RegistryFault.Unavailable,
            state.Explain($"not asked: {reason}; the registry is tried again later in the run"));
    }

    private static RegistryException OutOfTime(RequestState state, OperationCanceledException cancellation)
    {
        string limit = $"within the {Seconds.Of(state.Context.Timeout ?? default)} for the image";
        return state.LastFault is { } last
            ? last.Saying($"{last.Message}; no time left for another attempt {limit}")
            : new RegistryException(RegistryFault.TimedOut, $"no answer {limit}{state.WaitingFor}", cancellation);
    }
}
