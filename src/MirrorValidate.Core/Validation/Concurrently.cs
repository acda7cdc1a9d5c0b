namespace MirrorValidate.Validation;

/// <summary>
/// Does work on many things at once, up to a limit. What Parallel.ForAsync does, without its start-up cost, which a run
/// of few images would pay for nothing.
/// </summary>
internal static class Concurrently
{
    /// <summary>
    /// Does the work on each index from 0; ends when all of it has ended, with the first exception if there was one.
    /// </summary>
    /// <param name="count">How many.</param>
    /// <param name="limit">How many at once.</param>
    /// <param name="work">The work on one.</param>
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
