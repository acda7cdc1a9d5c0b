namespace MirrorValidate.Registries;

/// <summary>
/// A bounded cache whose concurrent callers share one request. Failures are not cached. Callers that wait for another
/// caller's request fail with it, but send their own if it was cancelled or timed out.
/// </summary>
/// <typeparam name="T">The type of the values.</typeparam>
/// <param name="capacity">
/// The total weight of the values to keep. Values that were not used recently are dropped first.
/// </param>
/// <param name="weigh">The weight of a value, in the unit of <paramref name="capacity"/>.</param>
internal sealed class SingleFlightCache<T>(long capacity, Func<T, long> weigh)
    where T : class
{
    // What a request has at least once it goes on.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private readonly object _lock = new();

    // Two generations instead of a list by age. When the young generation reaches half of the capacity, it replaces the
    // old one. A value of the old generation that is used moves to the young one.
    private Dictionary<string, Entry> _young = new(StringComparer.Ordinal);
    private Dictionary<string, Entry> _old = new(StringComparer.Ordinal);
    private long _weight;

    /// <summary>Gets the value of a key: from the cache, from a running request, or by a new request.</summary>
    /// <param name="key">The key.</param>
    /// <param name="request">Sends the request. Its exceptions reach the caller.</param>
    /// <param name="context">Limits how long the caller waits for another caller's request.</param>
    /// <param name="cancellationToken">Cancels the wait for another caller's request.</param>
    internal Task<T> GetAsync(
        string key, Func<Task<T>> request, RequestContext context, CancellationToken cancellationToken)
    {
        var mine = new Entry(context);
        Entry entry = FindOrAdd(key, mine);
        if (entry == mine) return RequestAsync(key, mine, request);
        return entry.Value.Task.IsCompletedSuccessfully
            ? entry.Value.Task
            : WaitAsync(key, entry, request, context, cancellationToken);
    }

    /// <summary>Stores a value that was obtained in another way; replaces the cached one.</summary>
    internal void Set(string key, T value)
    {
        var entry = new Entry(asker: null) { Weight = weigh(value) };
        entry.Value.SetResult(value);
        lock (_lock) Put(key, entry);
    }

    private async Task<T> WaitAsync(
        string key, Entry other, Func<Task<T>> request, RequestContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await other.Value.Task.WaitAsync(context.WaitableTimeLeft, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
            when (other.Value.Task.IsCanceled && !cancellationToken.IsCancellationRequested)
        {
            return await GetAsync(key, request, context, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException) when (other.Asker is { IsStopped: true })
        {
            // The other request waits for something that no timeout counts, so this one does, too.
            context.EnsureTimeLeft(_patience);
            return await WaitAsync(key, other, request, context, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The caller has timed out. Its own request fails with the right message.
            return await request().ConfigureAwait(false);
        }
    }

    private async Task<T> RequestAsync(string key, Entry mine, Func<Task<T>> request)
    {
        try
        {
            T value = await request().ConfigureAwait(false);
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
            // Marks the exception as observed, in case nobody waits.
            _ = mine.Value.Task.Exception;
            throw;
        }
        finally
        {
            // Cancellation, a timeout or a bug concerns this caller only: cancel the task, so that waiting callers send
            // their own request.
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
            if (!_old.TryGetValue(key, out known)) known = mine;
            Put(key, known);
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
        Remove(_young, key, entry);
        Remove(_old, key, entry);
    }

    // The key may already have another entry.
    private static void Remove(Dictionary<string, Entry> generation, string key, Entry entry)
    {
        if (generation.TryGetValue(key, out Entry? known) && known == entry) generation.Remove(key);
    }

    /// <summary>A value, or the running request for it, whose weight is still 0.</summary>
    /// <param name="asker">The context of the request.</param>
    private sealed class Entry(RequestContext? asker)
    {
        internal RequestContext? Asker => asker;

        internal TaskCompletionSource<T> Value { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal long Weight { get; set; }
    }
}
