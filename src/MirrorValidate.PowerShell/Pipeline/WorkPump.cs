using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace MirrorValidate.PowerShell.Pipeline;

/// <summary>
/// The bridge from concurrent work to the one thread that may write to a pipeline. Workers put what they have into a queue; the
/// pipeline thread takes it out while it waits for a place or for the end. At most <c>limit</c> items are under way.
/// </summary>
/// <typeparam name="T">What the work on an item gives.</typeparam>
/// <param name="limit">How many items are worked on at once.</param>
/// <param name="write">Writes a result or message; called on the pipeline thread only.</param>
/// <param name="tick">
/// Called on the pipeline thread before it waits; returns when it wants to be called again, <see cref="Timeout.InfiniteTimeSpan"/> for
/// not before something was written.
/// </param>
internal sealed class WorkPump<T>(int limit, Action<object> write, Func<TimeSpan> tick) : IDisposable
{
    private readonly BlockingCollection<object> _queue = [];
    private readonly CancellationTokenSource _cancellation = new();
    private int _underWay;

    /// <summary>Whether the run was stopped; nothing may be written any more.</summary>
    internal bool IsStopped => _cancellation.IsCancellationRequested;

    /// <summary>Queues a message that is not a result; from any thread.</summary>
    internal void Post(object message)
    {
        try
        {
            _queue.Add(message);
        }
        catch (Exception e) when (e is ObjectDisposedException or InvalidOperationException)
        {
            // The run is over: nobody reads any more.
        }
    }

    /// <summary>
    /// Starts the work on an item, writes what is ready, and returns when there is a place for another. Waiting after the start and
    /// not before it lets a result leave while the next item is still to come.
    /// </summary>
    internal void Start(Func<CancellationToken, Task<T>> work)
    {
        if (IsStopped) return;
        _underWay++;
        CancellationToken token = _cancellation.Token;
        _ = Task.Run(() => RunAsync(work, token), CancellationToken.None);
        WriteReady();
        while (_underWay >= limit && !IsStopped) WriteNext();
    }

    /// <summary>Waits for a message or result and writes it, or until it is time for the next tick.</summary>
    internal void WriteNext()
    {
        TimeSpan pause = Timeout.InfiniteTimeSpan;
        Guard(() => pause = tick());
        if (Take(pause) is { } message) Handle(message);
    }

    /// <summary>Waits for everything that is under way and writes it.</summary>
    internal void Drain()
    {
        while (_underWay > 0 && !IsStopped) WriteNext();
        WriteReady();
    }

    /// <summary>Stops all work; from any thread.</summary>
    internal void Cancel()
    {
        try
        {
            _cancellation.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The run ended in the same moment.
        }
    }

    public void Dispose()
    {
        Cancel();
        _cancellation.Dispose();
        _queue.Dispose();
    }

    private async Task RunAsync(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        object outcome;
        try
        {
            outcome = new Completed(await work(cancellationToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e)
        {
            outcome = new Completed(new WorkFault(e));
        }

        Post(outcome);
    }

    private object? Take(TimeSpan pause)
    {
        try
        {
            return _queue.TryTake(out object? message, (int)pause.TotalMilliseconds, _cancellation.Token) ? message : null;
        }
        catch (OperationCanceledException) when (IsStopped)
        {
            // Ctrl+C: the pipeline is going down by itself.
            return null;
        }
    }

    private void WriteReady()
    {
        while (!IsStopped && _queue.TryTake(out object? message)) Handle(message);
    }

    private void Handle(object message)
    {
        if (message is Completed) _underWay--;
        object? payload = message is Completed completed ? completed.Result : message;
        Guard(() =>
        {
            if (payload is WorkFault fault) ExceptionDispatchInfo.Throw(fault.Exception);
            if (payload is not null) write(payload);
        });
    }

    // When a downstream command ends the pipeline, a write throws and only Dispose is called after it: the work has to be stopped
    // here, without catching what is the engine's.
    private void Guard(Action action)
    {
        bool ended = false;
        try
        {
            action();
            ended = true;
        }
        finally
        {
            if (!ended) Cancel();
        }
    }

    private sealed record Completed(object? Result);

    private sealed record WorkFault(Exception Exception);
}
