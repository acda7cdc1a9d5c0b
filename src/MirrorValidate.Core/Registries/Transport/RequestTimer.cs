namespace MirrorValidate.Registries.Transport;

/// <summary>
/// Cancels what takes too long: an attempt, or all requests of an image. It can be stopped while the time does not
/// count, and each piece of a long body restarts that of the attempt.
/// </summary>
internal sealed class RequestTimer : IDisposable
{
    private readonly TimeSpan _limit;
    private readonly CancellationTokenSource _source;

    /// <summary>Starts the timer.</summary>
    /// <param name="limit">The time; <see cref="TimeSpan.MaxValue"/> for no limit.</param>
    /// <param name="cancellationToken">Cancels as well.</param>
    internal RequestTimer(TimeSpan limit, CancellationToken cancellationToken)
    {
        _limit = limit;
        _source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Restart();
    }

    /// <summary>Cancelled when the time is up.</summary>
    internal CancellationToken Token => _source.Token;

    /// <summary>Gives the whole time again.</summary>
    internal void Restart() => Restart(_limit);

    /// <summary>Gives this time from now on.</summary>
    internal void Restart(TimeSpan left) =>
        _source.CancelAfter(left == TimeSpan.MaxValue ? Timeout.InfiniteTimeSpan : left);

    /// <summary>Stops the time until it is restarted.</summary>
    internal void Stop() => _source.CancelAfter(Timeout.InfiniteTimeSpan);

    public void Dispose() => _source.Dispose();
}
