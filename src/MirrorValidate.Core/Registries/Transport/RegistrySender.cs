using Polly.CircuitBreaker;

namespace MirrorValidate.Registries.Transport;

/// <summary>
/// Sends requests until they succeed or have failed for good: retries what is transient within the time there is, leaves hosts alone
/// that do not answer at all, and says in one sentence what it could not get through.
/// </summary>
internal sealed class RegistrySender(EndpointPool endpoints, RegistryExchange exchange, RegistryOptions options, RegistrySide side)
{
    /// <summary>Sends a request.</summary>
    /// <exception cref="RegistryException">No success; the message names side, host, request, attempts and the registry's own words.</exception>
    internal async Task<RegistryResponse> SendAsync(RegistryRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        RegistryEndpoint endpoint = endpoints.Get(request.Host);
        var progress = new RequestProgress(side, request, context, options.AttemptTimeout);
        try
        {
            return await endpoint.Breaker.Pipeline.ExecuteAsync(
                async (state, token) => await SendInTimeAsync(state.endpoint, state.progress, token).ConfigureAwait(false),
                (endpoint, progress),
                cancellationToken).ConfigureAwait(false);
        }
        catch (RegistryException e)
        {
            throw e.Saying(progress.Explain(e.Message));
        }
        catch (BrokenCircuitException)
        {
            throw new RegistryException(
                RegistryFault.Unavailable,
                progress.Explain($"not asked: requests before this one got no answer ({endpoint.Breaker.LastProblem}); the registry is tried again later in the run"));
        }
    }

    // Inside the breaker, so that a host which only ever runs out the time of the images counts as one that does not answer.
    private async Task<RegistryResponse> SendInTimeAsync(RegistryEndpoint endpoint, RequestProgress progress, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (progress.Context.TimeLeft is var left && left != TimeSpan.MaxValue) deadline.CancelAfter(left);
        try
        {
            return await endpoint.Retries.ExecuteAsync(
                async (state, token) => await state.progress.AttemptAsync(
                    attempt => exchange.RunAsync(state.endpoint, state.progress, attempt), token).ConfigureAwait(false),
                (endpoint, progress),
                deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            string time = RequestProgress.Seconds(progress.Context.Timeout ?? default);
            throw progress.LastFault is { } last
                ? last.Saying($"{last.Message}; no time left for another attempt within the {time} for the image")
                : new RegistryException(RegistryFault.TimedOut, $"no answer within the {time} for the image{progress.WaitingFor}", e);
        }
    }
}
