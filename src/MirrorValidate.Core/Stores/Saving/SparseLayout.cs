using System.Collections.Concurrent;
using MirrorValidate.References;
using MirrorValidate.Registries;
using MirrorValidate.Stores.Files;
using MirrorValidate.Stores.Shapes;

namespace MirrorValidate.Stores.Saving;

/// <summary>
/// Writes a sparse image layout, a folder or an archive. All of it is written aside first. What was there before
/// stays as it is until the last step, which renames.
/// </summary>
internal sealed class SparseLayout : IDisposable
{
    private const string Blobs = "blobs";

    private readonly string _target;
    private readonly string _aside;
    private readonly OciLayout? _old;
    private readonly IReadOnlyList<StoreFile> _oldFiles;
    private readonly ConcurrentDictionary<Digest, Lazy<Task>> _blobs = new();
    private readonly Dictionary<string, LayoutEntry> _entries = new(StringComparer.Ordinal);

    private SparseLayout(string target, OciLayout? old, IReadOnlyList<StoreFile> oldFiles)
    {
        _target = target;
        _old = old;
        _oldFiles = oldFiles;
        _aside = Path.Combine(
            Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Path.GetRandomFileName()}.partial");
        foreach (StoredImage image in old?.Images ?? [])
        {
            var entry = new LayoutEntry(image.Descriptor);
            _entries[entry.Key] = entry;
        }

        foreach (StoreFile file in oldFiles)
        {
            if (DigestOf(file.Name) is { } digest) _blobs[digest] = new Lazy<Task>(Task.CompletedTask);
        }
    }

    /// <summary>Begins a layout, or adds to one that was written so before. Every file of that is verified.</summary>
    /// <param name="path">The path as it was given, for messages.</param>
    /// <param name="target">The full path: of an archive if it ends as one does, else of a folder.</param>
    /// <param name="limits">The limits.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="StoreException">There is something else at the path, or the store is damaged.</exception>
    internal static async Task<SparseLayout> BeginAsync(
        string path, string target, StoreLimits limits, CancellationToken cancellationToken)
    {
        target = Path.TrimEndingDirectorySeparator(target);
        bool isEmptyFolder = Directory.Exists(target) && !Directory.EnumerateFileSystemEntries(target).Any();
        if (!Path.Exists(target) || isEmptyFolder) return new SparseLayout(target, old: null, oldFiles: []);
        IImageStore store = await new StoreOpener(limits).OpenAsync(path, target, cancellationToken)
            .ConfigureAwait(false);
        try
        {
            if (store is not OciLayout { IsSparse: true } layout)
            {
                throw new StoreException(
                    RegistryFault.MalformedManifest,
                    $"{path}: there is a store that Save-MirrorSource has not written; save to another path");
            }

            StoreFile[] files = [.. layout.ListBlobs()];
            var contents = new StoreContents(new RegistryLimits());
            foreach (StoreFile file in files)
                await VerifyAsync(file, contents, cancellationToken).ConfigureAwait(false);
            foreach (StoredImage image in layout.Images)
            {
                if (!layout.FindManifest(image.Descriptor.Digest).Any())
                    throw StoreContents.Missing(layout, image.Descriptor.Digest);
            }

            return new SparseLayout(target, layout, files);
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>Adds a blob. Safe for concurrent use.</summary>
    /// <returns>The number of bytes that are new: 0 where the store has the blob.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    internal async Task<long> AddAsync(
        Digest digest, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var mine = new Lazy<Task>(() => WriteAsync(digest, content, cancellationToken));
        Lazy<Task> writing = _blobs.GetOrAdd(digest, mine);
        await writing.Value.ConfigureAwait(false);
        return writing == mine ? content.Length : 0;
    }

    /// <summary>Adds entries to the index; one of the same name is replaced. Safe for concurrent use.</summary>
    internal void Add(IEnumerable<LayoutEntry> entries)
    {
        lock (_entries)
        {
            foreach (LayoutEntry entry in entries) _entries[entry.Key] = entry;
        }
    }

    /// <summary>Puts the store in its place. An empty one is not written.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    internal async Task CompleteAsync(CancellationToken cancellationToken)
    {
        if (_entries.Count == 0) return;
        Directory.CreateDirectory(Path.Combine(_aside, Blobs, "sha256"));
        await File.WriteAllBytesAsync(Aside(OciLayout.Marker), LayoutJson.Marker.ToArray(), cancellationToken)
            .ConfigureAwait(false);
        byte[] index = LayoutJson.Index(_entries.Values.OrderBy(entry => entry.Key, StringComparer.Ordinal));
        await File.WriteAllBytesAsync(Aside(OciLayout.IndexFile), index, cancellationToken).ConfigureAwait(false);
        if (LayoutArchive.IsName(_target)) await ReplaceArchiveAsync(cancellationToken).ConfigureAwait(false);
        else if (_old is null) MoveFolder();
        else MoveFiles();
    }

    /// <summary>Removes what was written aside.</summary>
    public void Dispose()
    {
        _old?.Dispose();
        try
        {
            if (Directory.Exists(_aside)) Directory.Delete(_aside, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Its name says that it is partial.
        }
    }

    private static async Task VerifyAsync(
        StoreFile file, StoreContents contents, CancellationToken cancellationToken)
    {
        if (DigestOf(file.Name) is not { } digest) return;
        string actual = await file.HashAsync(digest.Algorithm, cancellationToken).ConfigureAwait(false);
        // Only signed schema 1 may have another digest than its bytes.
        if (actual != digest.ToString())
            await contents.ReadAsync(file, digest, mediaType: "", cancellationToken).ConfigureAwait(false);
    }

    // blobs/ALGORITHM/HEX
    private static Digest? DigestOf(string name) => name.Split('/') is [.., var algorithm, var encoded]
        && Digest.TryParse($"{algorithm}:{encoded}", out Digest? digest) && digest.IsVerifiable
            ? digest
            : null;

    private string Aside(string name) => Path.Combine(_aside, name);

    private async Task WriteAsync(Digest digest, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        string folder = Path.Combine(_aside, Blobs, digest.Algorithm);
        Directory.CreateDirectory(folder);
        var file = new FileStream(Path.Combine(folder, digest.Encoded), FileMode.Create, FileAccess.Write);
        await using (file.ConfigureAwait(false))
        {
            await file.WriteAsync(content, cancellationToken).ConfigureAwait(false);
        }
    }

    private void MoveFolder()
    {
        // Only an empty folder is in the way.
        if (Directory.Exists(_target)) Directory.Delete(_target);
        Directory.Move(_aside, _target);
    }

    // Blobs only add to what is there. The index, which makes them count, comes last.
    private void MoveFiles()
    {
        foreach (string file in Directory.EnumerateFiles(Aside(Blobs), "*", SearchOption.AllDirectories))
        {
            string place = Path.Combine(_target, Path.GetRelativePath(_aside, file));
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            File.Move(file, place, overwrite: true);
        }

        File.Move(Aside(OciLayout.IndexFile), Path.Combine(_target, OciLayout.IndexFile), overwrite: true);
    }

    private async Task ReplaceArchiveAsync(CancellationToken cancellationToken)
    {
        string archive = Aside(Path.GetFileName(_target));
        await LayoutArchive.WriteAsync(archive, Contents(), cancellationToken).ConfigureAwait(false);
        // An open file cannot be replaced on Windows.
        _old?.Dispose();
        File.Move(archive, _target, overwrite: true);
    }

    // What lists the blobs comes first, for those who look.
    private IEnumerable<(string Name, Func<Stream> Open)> Contents()
    {
        IEnumerable<(string Name, Func<Stream> Open)> written = Directory
            .EnumerateFiles(Aside(Blobs), "*", SearchOption.AllDirectories)
            .Select(file => (
                Path.GetRelativePath(_aside, file).Replace(Path.DirectorySeparatorChar, '/'),
                (Func<Stream>)(() => File.OpenRead(file))));
        return
        [
            (OciLayout.Marker, () => File.OpenRead(Aside(OciLayout.Marker))),
            (OciLayout.IndexFile, () => File.OpenRead(Aside(OciLayout.IndexFile))),
            .. _oldFiles.Select(file => (file.Name, (Func<Stream>)file.Open)).Concat(written)
                .OrderBy(one => one.Name, StringComparer.Ordinal),
        ];
    }
}
