namespace MirrorValidate.Registries;

/// <summary>
/// What a run has learned, for those who ask again: bounded, the oldest forgotten first. Who asks for what another is just being
/// told waits for it, and fails with it where the registry is the trouble and not the other's time: many that wait would else meet the same
/// trouble one after the other. Failures are not kept: the next asks again, in its own time and on its own account.
/// </summary>
/// <typeparam name="T">What is learned.</typeparam>
/// <param name="capacity">How much is kept at most, in the unit of <paramref name="weigh"/>.</param>
/// <param name="weigh">What keeping a value costs.</param>
internal sealed class RunMemo<T>(long capacity, Func<T, long> weigh)
    where T : class
{
    private readonly object _lock = new();

    // Two generations: when the young one has half of the capacity it becomes the old one, and what nobody asked for since is dropped.
    private Dictionary<string, Entry> _young = new(StringComparer.Ordinal);
    private Dictionary<string, Entry> _old = new(StringComparer.Ordinal);
    private long _weight;

    /// <summary>What is known under a key, asked for where it is not.</summary>
    /// <param name="key">What is asked for.</param>
    /// <param name="ask">Asks; what it throws reaches the caller.</param>
    /// <param name="context">Whose time is spent waiting for another's asking.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    internal Task<T> GetAsync(string key, Func<Task<T>> ask, RequestContext context, CancellationToken cancellationToken)
    {
        var mine = new Entry();
        Entry entry = FindOrAdd(key, mine);
        if (entry == mine) return AskAsync(key, mine, ask);
        return entry.Value.Task.IsCompletedSuccessfully ? entry.Value.Task : WaitAsync(key, entry, ask, context, cancellationToken);
    }

    private async Task<T> WaitAsync(string key, Entry other, Func<Task<T>> ask, RequestContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await other.Value.Task.WaitAsync(context.WaitableTimeLeft, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (other.Value.Task.IsCanceled && !cancellationToken.IsCancellationRequested)
        {
            // The other ran out of time, or gave up.
            return await GetAsync(key, ask, context, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The asking itself says best what it means that no time is left.
            return await ask().ConfigureAwait(false);
        }
    }

    private async Task<T> AskAsync(string key, Entry mine, Func<Task<T>> ask)
    {
        try
        {
            T value = await ask().ConfigureAwait(false);
            lock (_lock)
            {
                mine.Weight = weigh(value);
                Put(key, mine);
            }

            mine.Value.SetResult(value);
            return value;
        }
        catch (RegistryException e) when (e.Fault != RegistryFault.TimedOut)
        {
            lock (_lock) Remove(key, mine);
            mine.Value.SetException(e);
            // Perhaps nobody waits for it.
            _ = mine.Value.Task.Exception;
            throw;
        }
        finally
        {
            if (!mine.Value.Task.IsCompleted)
            {
                lock (_lock) Remove(key, mine);
                mine.Value.SetCanceled(CancellationToken.None);
            }
        }
    }

    private Entry FindOrAdd(string key, Entry mine)
    {
        lock (_lock)
        {
            if (_young.TryGetValue(key, out Entry? known)) return known;
            Put(key, _old.TryGetValue(key, out known) ? known : known = mine);
            return known;
        }
    }

    private void Put(string key, Entry entry)
    {
        _young[key] = entry;
        _weight += entry.Weight;
        if (_weight < capacity / 2) return;
        (_old, _young, _weight) = (_young, new Dictionary<string, Entry>(StringComparer.Ordinal), 0);
    }

    private void Remove(string key, Entry entry)
    {
        foreach (Dictionary<string, Entry> generation in new[] { _young, _old })
        {
            if (generation.TryGetValue(key, out Entry? known) && known == entry) generation.Remove(key);
        }
    }

    private sealed class Entry
    {
        internal TaskCompletionSource<T> Value { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal long Weight { get; set; }
    }
}
