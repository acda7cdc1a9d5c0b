using System.Globalization;
using MirrorValidate.Logging;
using Polly;

namespace MirrorValidate.Registries.Transport;

/// <summary>
/// A request on its way: what was asked, how often, what it waits for, and how messages name it: side, host, request line, attempts,
/// never a query, which may carry a signature.
/// </summary>
/// <param name="side">The side that the registry is on.</param>
/// <param name="request">The request.</param>
/// <param name="context">On whose behalf.</param>
/// <param name="attemptTimeout">How long an attempt may take, the waiting that a host asked for not counted.</param>
internal sealed class RequestProgress(RegistrySide side, RegistryRequest request, RequestContext context, TimeSpan attemptTimeout)
{
    private CancellationTokenSource? _timeout;
    private int _attempts;

    /// <summary>Why the last attempt failed, as long as no other is under way.</summary>
    private RegistryException? _lastFault;

    internal RegistryRequest Request => request;

    internal RequestContext Context => context;

    /// <summary>What is waited for when it is not the request's own answer; a clause after "no answer within 60 s".</summary>
    internal string WaitingFor { get; set; } = "";

    /// <summary>How long the next retry waits where the registry limits requests without a word of when: longer each time.</summary>
    internal int Attempts => _attempts;

    /// <summary>Makes an attempt. What it fails with is in the outcome.</summary>
    internal async ValueTask<Outcome<RegistryResponse>> AttemptAsync(
        RegistryExchange exchange, RegistryEndpoint endpoint, CancellationToken cancellationToken)
    {
        _lastFault = null;
        WaitingFor = "";
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(attemptTimeout);
        _timeout = timeout;
        try
        {
            return Outcome.FromResult(await exchange.RunAsync(endpoint, this, timeout.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            // The connection has a shorter time of its own.
            string problem = timeout.IsCancellationRequested ? $"no answer within {Seconds(attemptTimeout)}{WaitingFor}" : $"no connection in time{WaitingFor}";
            return Outcome.FromException<RegistryResponse>(Failed(new RegistryException(RegistryFault.TimedOut, problem, e) { IsTransient = true }));
        }
        catch (RegistryException e)
        {
            return Outcome.FromException<RegistryResponse>(Failed(e));
        }
        catch (Exception e)
        {
            return Outcome.FromException<RegistryResponse>(e);
        }
        finally
        {
            _timeout = null;
        }
    }

    /// <summary>Notes that a piece of a long answer has arrived: the attempt has its whole time again to wait for the next.</summary>
    internal void NoteArrival()
    {
        WaitingFor = " for the rest of it";
        _timeout?.CancelAfter(attemptTimeout);
    }

    /// <summary>What it means that the time for the image ran out.</summary>
    internal RegistryException OutOfTime(OperationCanceledException cancellation)
    {
        string time = Seconds(context.Timeout ?? default);
        return _lastFault is { } last
            ? last.Saying($"{last.Message}; no time left for another attempt within the {time} for the image")
            : new RegistryException(RegistryFault.TimedOut, $"no answer within the {time} for the image{WaitingFor}", cancellation);
    }

    /// <summary>Counts the attempt, once there is nothing left to wait for but the answer.</summary>
    internal void CountAttempt() => _attempts++;

    /// <summary>Waits as long as a host wants to be left alone; the attempt's own time stands still.</summary>
    /// <exception cref="RegistryException">That is longer than the time left.</exception>
    internal async Task WaitWhilePausedAsync(RegistryEndpoint endpoint, CancellationToken cancellationToken)
    {
        for (TimeSpan left = endpoint.Pause.Left; left > TimeSpan.Zero; left = endpoint.Pause.Left)
        {
            if (!endpoint.Pause.EndsWithin(context.TimeLeft))
            {
                throw new RegistryException(
                    RegistryFault.RateLimited,
                    $"not asked: {endpoint.Host} wants to be left alone for {Seconds(left)} more, longer than the time left for the image");
            }

            context.Log(LogLevel.Information, () => $"waiting {Seconds(left)} for {endpoint.Host}, which asked to be left alone");
            _timeout?.CancelAfter(Timeout.InfiniteTimeSpan);
            await Task.Delay(left, cancellationToken).ConfigureAwait(false);
            _timeout?.CancelAfter(attemptTimeout);
        }
    }

    /// <summary>The sentence for a problem with the request.</summary>
    internal string Explain(string problem) => context.Redact(string.Create(
        CultureInfo.InvariantCulture,
        $"{RegistrySideNames.NameOf(side)} {request.Host}: {request.Method} {request.FullPath}: {problem} ({_attempts} attempt{(_attempts == 1 ? "" : "s")})"));

    internal static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(time.TotalSeconds * 10) / 10} s");

    private RegistryException Failed(RegistryException fault)
    {
        _lastFault = fault;
        if (fault.IsTransient) context.Log(LogLevel.Warning, () => Explain(fault.Message));
        return fault;
    }
}
