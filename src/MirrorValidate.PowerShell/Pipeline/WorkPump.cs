using System.Runtime.ExceptionServices;

namespace MirrorValidate.PowerShell.Pipeline;

/// <summary>
/// Runs work on the thread pool, a limited number of items at once, and returns the results to the pipeline thread as
/// they come.
/// </summary>
/// <remarks>
/// Log lines and progress are written while results are read. A caller that stops reading before the end, because a
/// write has thrown, cancels all work: when a downstream command stops the pipeline, the engine gives no other sign
/// until it disposes the cmdlet.
/// </remarks>
/// <typeparam name="T">The result of an item.</typeparam>
/// <param name="pipeline">The pipeline thread, on which all members are called.</param>
/// <param name="limit">The number of items that are worked on at once.</param>
/// <param name="progress">Updated while the pipeline thread waits.</param>
internal sealed class WorkPump<T>(PipelineThread pipeline, int limit, ProgressBar? progress = null)
    where T : class
{
    private readonly Queue<T> _results = [];
    private int _underWay;

    /// <summary>
    /// Starts an item and returns results, which must be read, until another item may start. The wait comes after a
    /// start, not before the next one, so that a result is written while the next item is yet to come.
    /// </summary>
    internal IEnumerable<T> Start(Func<CancellationToken, Task<T>> work)
    {
        if (!pipeline.IsStopped)
        {
            _underWay++;
            _ = Task.Run(() => RunAsync(work, pipeline.StopToken), CancellationToken.None);
        }

        return Read(limit - 1);
    }

    /// <summary>Waits for the next result; others that are ready come with it.</summary>
    internal IEnumerable<T> ReadNext() => Read(_underWay - 1);

    /// <summary>Waits for all results.</summary>
    internal IEnumerable<T> ReadAll() => Read(0);

    private IEnumerable<T> Read(int remaining)
    {
        bool isComplete = false;
        try
        {
            while (!pipeline.IsStopped)
            {
                bool isWaiting = _underWay > remaining;
                bool ran = pipeline.RunNext(isWaiting ? progress?.Update() ?? Timeout.InfiniteTimeSpan : TimeSpan.Zero);
                while (_results.TryDequeue(out T? result)) yield return result;
                if (!ran && !isWaiting) break;
            }

            isComplete = true;
        }
        finally
        {
            if (!isComplete) pipeline.Stop();
        }
    }

    private async Task RunAsync(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            T result = await work(cancellationToken).ConfigureAwait(false);
            pipeline.Post(_ => Finish(result));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Nobody waits for the result.
        }
        catch (Exception e)
        {
            // The work is expected to return its faults as results: this one is a bug, and ends the cmdlet.
            pipeline.Post(_ => ExceptionDispatchInfo.Throw(e));
        }
    }

    private void Finish(T result)
    {
        _underWay--;
        _results.Enqueue(result);
    }
}
