namespace MirrorValidate.Registries.Authentication;

/// <summary>
/// A value that is computed when first asked for, the way that caller says. Concurrent callers share one computation; a
/// failure is kept like a value. If the caller that computes is cancelled, the next one computes again. Thread-safe.
/// </summary>
internal sealed class AsyncLazy<T>
{
    private volatile Task<T>? _value;

    // Never disposed: it has no wait handle to free.
    private SemaphoreSlim Turn { get; } = new(1, 1);

    internal async ValueTask<T> GetAsync(
        Func<CancellationToken, Task<T>> factory, CancellationToken cancellationToken)
    {
        if (_value is { } known) return await known.ConfigureAwait(false);
        await Turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_value is null)
            {
                Task<T> value = factory(cancellationToken);
                await ((Task)value).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                cancellationToken.ThrowIfCancellationRequested();
                _value = value;
            }

            return await _value.ConfigureAwait(false);
        }
        finally
        {
            Turn.Release();
        }
    }
}
