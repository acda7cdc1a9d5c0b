using System.IO.Compression;
using MirrorValidate.Registries;

namespace MirrorValidate.Stores.Files;

/// <summary>The files of a store in a zip archive.</summary>
internal sealed class ZipFiles : IStoreFiles
{
    private const int LinkMode = 0xA000;
    private const int TypeMask = 0xF000;

    private readonly ZipArchive _archive;
    private readonly ArchiveIndex _index;

    private ZipFiles(ZipArchive archive, ArchiveIndex index, string path)
    {
        _archive = archive;
        _index = index;
        Path = path;
    }

    /// <inheritdoc/>
    public string Path { get; }

    /// <summary>Reads the directory of an archive.</summary>
    /// <param name="path">The path as it was given.</param>
    /// <param name="stream">The archive. It is disposed with the store.</param>
    /// <param name="limits">The limits.</param>
    /// <exception cref="StoreException">The archive is damaged, hostile or over a limit.</exception>
    /// <exception cref="IOException">The archive cannot be read.</exception>
    internal static ZipFiles Read(string path, Stream stream, StoreLimits limits)
    {
        try
        {
            var archive = new ZipArchive(stream, ZipArchiveMode.Read);
            if (archive.Entries.Count > limits.Entries)
            {
                throw new StoreException(
                    RegistryFault.ResponseTooLarge, $"{path}: the archive has more than {limits.Entries} entries");
            }

            var index = new ArchiveIndex(path);
            foreach (ZipArchiveEntry entry in archive.Entries)
            {
                string name = index.NameOf(entry.FullName);
                // Folders end with a slash. A link has its target as content, which is nothing that a store needs.
                bool isLink = ((entry.ExternalAttributes >> 16) & TypeMask) == LinkMode;
                if (entry.FullName.EndsWith('/') || isLink) continue;
                index.Add(name, new ZipFile(path, name, entry) { Other = index.Current(name) });
            }

            return new ZipFiles(archive, index, path);
        }
        catch (InvalidDataException e)
        {
            throw new StoreException(
                RegistryFault.MalformedManifest, $"{path}: the zip archive is damaged or cut off: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public StoreFile? Find(string name) => _index.Find(name);

    /// <inheritdoc/>
    public IEnumerable<string> List(int depth) => _index.List(depth);

    /// <inheritdoc/>
    public void Dispose() => _archive.Dispose();

    /// <summary>A file in the archive.</summary>
    private sealed class ZipFile(string store, string name, ZipArchiveEntry entry)
        : StoreFile(store, name, entry.Length)
    {
        internal override Stream Open()
        {
            lock (entry.Archive) return new SharedStream(entry.Open(), entry.Archive);
        }
    }
}
