using Microsoft.Win32.SafeHandles;

namespace MirrorValidate.Stores.Files;

/// <summary>The files of a store in a tar archive that is not compressed. Its headers are read once.</summary>
internal sealed class TarFiles : IStoreFiles
{
    private readonly FileStream _archive;
    private readonly ArchiveIndex _index;

    private TarFiles(FileStream archive, ArchiveIndex index, string path)
    {
        _archive = archive;
        _index = index;
        Path = path;
    }

    /// <inheritdoc/>
    public string Path { get; }

    /// <summary>Reads the headers of an archive.</summary>
    /// <param name="path">The path as it was given.</param>
    /// <param name="archive">The archive, unbuffered. It is disposed with the store.</param>
    /// <param name="limits">The limits.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="StoreException">The archive is damaged, cut off, hostile or over a limit.</exception>
    /// <exception cref="IOException">The archive cannot be read.</exception>
    internal static TarFiles Read(
        string path, FileStream archive, StoreLimits limits, CancellationToken cancellationToken)
    {
        SafeFileHandle handle = archive.SafeFileHandle;
        var index = new ArchiveIndex(path);
        var scan = new TarScan(archive, path, limits);
        while (scan.Next() is { } entry)
        {
            cancellationToken.ThrowIfCancellationRequested();
            TarLinks.Add(index, entry, name => new SliceFile(path, name, handle, entry.Offset, entry.Length)
            {
                Other = index.Current(name),
            });
        }

        return new TarFiles(archive, index, path);
    }

    /// <inheritdoc/>
    public StoreFile? Find(string name) => _index.Find(name);

    /// <inheritdoc/>
    public IEnumerable<string> List(int depth) => _index.List(depth);

    /// <inheritdoc/>
    public void Dispose() => _archive.Dispose();
}
