using System.Collections.Concurrent;
using System.Management.Automation;

namespace MirrorValidate.PowerShell.Pipeline;

/// <summary>
/// The thread that runs a cmdlet, the only one that may write to its streams. Other threads post actions; the cmdlet
/// runs them while it waits, in the order in which they were posted.
/// </summary>
internal sealed class PipelineThread : IDisposable
{
    private readonly BlockingCollection<Action<ICommandRuntime>> _actions = [];
    private readonly CancellationTokenSource _stop = new();

    /// <param name="streams">The streams of the cmdlet.</param>
    internal PipelineThread(ICommandRuntime streams)
    {
        Streams = streams;
        StopToken = _stop.Token;
    }

    /// <summary>The streams of the cmdlet. For use on the pipeline thread only.</summary>
    internal ICommandRuntime Streams { get; }

    /// <summary>Canceled when the pipeline stops.</summary>
    internal CancellationToken StopToken { get; }

    /// <summary>Whether the pipeline has stopped. Nothing can be written then.</summary>
    internal bool IsStopped => StopToken.IsCancellationRequested;

    /// <summary>Queues an action for the pipeline thread; from any thread. Ignored once the cmdlet has ended.</summary>
    internal void Post(Action<ICommandRuntime> action)
    {
        try
        {
            _actions.Add(action);
        }
        catch (ObjectDisposedException)
        {
            // The cmdlet has ended.
        }
    }

    /// <summary>Runs the next action, waiting for one if need be. On the pipeline thread only.</summary>
    /// <param name="timeout">The longest time to wait.</param>
    /// <returns>Whether an action ran: not where none came in time, or the pipeline stopped.</returns>
    internal bool RunNext(TimeSpan timeout)
    {
        Action<ICommandRuntime>? action;
        try
        {
            if (!_actions.TryTake(out action, (int)timeout.TotalMilliseconds, StopToken)) return false;
        }
        catch (OperationCanceledException)
        {
            return false;
        }

        action(Streams);
        return true;
    }

    /// <summary>Cancels all work; from any thread.</summary>
    internal void Stop()
    {
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The cmdlet has ended.
        }
    }

    public void Dispose()
    {
        Stop();
        _stop.Dispose();
        _actions.Dispose();
    }
}
