namespace MirrorValidate.Registries.Transport;

/// <summary>
/// Cancels an attempt that takes too long. Time spent in a pause does not count, and each piece of a long body restarts
/// it.
/// </summary>
internal sealed class AttemptTimer : IDisposable
{
    private readonly TimeSpan _limit;
    private readonly CancellationTokenSource _source;

    /// <summary>Starts the timer.</summary>
    /// <param name="limit">How long the attempt may take.</param>
    /// <param name="cancellationToken">Cancels the attempt as well.</param>
    internal AttemptTimer(TimeSpan limit, CancellationToken cancellationToken)
    {
        _limit = limit;
        _source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Restart();
    }

    /// <summary>Cancelled when the time is up.</summary>
    internal CancellationToken Token => _source.Token;

    /// <summary>Gives the attempt its whole time again.</summary>
    internal void Restart() => _source.CancelAfter(_limit);

    /// <summary>Stops the time until it is restarted.</summary>
    internal void Stop() => _source.CancelAfter(Timeout.InfiniteTimeSpan);

    public void Dispose() => _source.Dispose();
}
