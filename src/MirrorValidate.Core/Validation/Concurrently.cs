namespace MirrorValidate.Validation;

/// <summary>
/// Runs asynchronous work concurrently, up to a limit. Like Parallel.ForAsync, without its start-up cost, which a run
/// of a few images would notice.
/// </summary>
internal static class Concurrently
{
    /// <summary>
    /// Runs the work for each index from 0. Completes when all of it has completed, with the first exception if any.
    /// </summary>
    /// <param name="count">The number of indexes.</param>
    /// <param name="limit">The highest number of concurrent calls.</param>
    /// <param name="work">The work for an index.</param>
    internal static Task ForAsync(int count, int limit, Func<int, Task> work)
    {
        if (count == 1) return work(0);
        int next = -1;
        var workers = new Task[Math.Min(count, limit)];
        for (int i = 0; i < workers.Length; i++) workers[i] = WorkAsync();
        return Task.WhenAll(workers);

        async Task WorkAsync()
        {
            for (int index = Interlocked.Increment(ref next); index < count; index = Interlocked.Increment(ref next))
                await work(index).ConfigureAwait(false);
        }
    }
}
