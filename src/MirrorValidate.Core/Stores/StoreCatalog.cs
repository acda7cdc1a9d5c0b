using System.Collections.Concurrent;
using MirrorValidate.Stores.Shapes;

namespace MirrorValidate.Stores;

/// <summary>The stores of a run. Each is opened once.</summary>
/// <param name="folder">The folder that relative paths start from.</param>
/// <param name="limits">The limits.</param>
/// <param name="progress">Told how far compressed archives were read.</param>
internal sealed class StoreCatalog(string folder, StoreLimits limits, IStoreProgress? progress = null) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Task<IImageStore>>> _stores = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _end = new();
    private bool _isDisposed;

    /// <summary>Opens a store.</summary>
    /// <param name="path">The path as it was given, for messages.</param>
    /// <param name="file">Where the store is.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="StoreException">There is no store, or it is damaged.</exception>
    internal Task<IImageStore> OpenAsync(string path, string file, CancellationToken cancellationToken)
    {
        string fullPath = Path.GetFullPath(file, folder);
        CancellationToken end = _end.Token;
        Lazy<Task<IImageStore>> store = _stores.GetOrAdd(
            fullPath,
            full => new Lazy<Task<IImageStore>>(() => Task.Run(() => ReadAsync(path, full, end), end)));
        return store.Value.WaitAsync(cancellationToken);
    }

    /// <summary>Closes the stores, and stops those that are being opened.</summary>
    public void Dispose()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        _end.Cancel();
        foreach (Lazy<Task<IImageStore>> store in _stores.Values)
        {
            if (store.IsValueCreated) _ = CloseAsync(store.Value);
        }

        _end.Dispose();
    }

    private async Task<IImageStore> ReadAsync(string path, string fullPath, CancellationToken cancellationToken)
    {
        try
        {
            var opener = new StoreOpener(limits, (done, all) => progress?.Report(path, done, all));
            return await opener.OpenAsync(path, fullPath, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            progress?.Complete(path);
        }
    }

    private static async Task CloseAsync(Task<IImageStore> store)
    {
        try
        {
            (await store.ConfigureAwait(false)).Dispose();
        }
        catch (Exception e) when (e is StoreException or OperationCanceledException)
        {
            // It was not opened.
        }
    }
}
