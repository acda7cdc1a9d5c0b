namespace MirrorValidate.Registries.Authentication;

/// <summary>
/// Something that is found out once, by the first who needs it; the others wait. A failure is kept too. One who gives up
/// waiting disturbs nobody: where it was the one who asked, the next asks again.
/// </summary>
internal sealed class OnceForAll<T>
{
    private volatile Task<T>? _known;

    // Never disposed: without a wait handle there is nothing to free.
    private SemaphoreSlim Turn { get; } = new(1, 1);

    internal async ValueTask<T> GetAsync(Func<CancellationToken, Task<T>> find, CancellationToken cancellationToken)
    {
        if (_known is { } known) return await known.ConfigureAwait(false);
        await Turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_known is null)
            {
                Task<T> finding = find(cancellationToken);
                await ((Task)finding).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                cancellationToken.ThrowIfCancellationRequested();
                _known = finding;
            }

            return await _known.ConfigureAwait(false);
        }
        finally
        {
            Turn.Release();
        }
    }
}
