using System.Formats.Tar;
using System.IO.Compression;

namespace MirrorValidate.Stores.Saving;

/// <summary>Writes a tar archive, plain or compressed with gzip. The same content gives the same bytes.</summary>
internal static class LayoutArchive
{
    private const UnixFileMode Mode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Whether a path is that of an archive: its name ends with .tar, .tar.gz or .tgz.</summary>
    internal static bool IsName(string path) => HasEnd(path, ".tar") || IsCompressedName(path);

    /// <summary>Writes an archive, and waits until it is on the disk.</summary>
    /// <param name="path">The file to create. Its name says whether it is compressed.</param>
    /// <param name="contents">The names of the entries, and how to open them. They are small.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    internal static async Task WriteAsync(
        string path, IEnumerable<(string Name, Func<Stream> Open)> contents, CancellationToken cancellationToken)
    {
        bool isCompressed = IsCompressedName(path);
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        await using (file.ConfigureAwait(false))
        {
            Stream packed = isCompressed ? new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true) : file;
            var tar = new TarWriter(packed, TarEntryFormat.Ustar, leaveOpen: true);
            await using (tar.ConfigureAwait(false))
            {
                foreach ((string name, Func<Stream> open) in contents)
                    await AddAsync(tar, name, open(), cancellationToken).ConfigureAwait(false);
            }

            // Writes what gzip ends with.
            if (isCompressed) await packed.DisposeAsync().ConfigureAwait(false);
            file.Flush(flushToDisk: true);
        }
    }

    private static bool IsCompressedName(string path) => HasEnd(path, ".tar.gz") || HasEnd(path, ".tgz");

    private static bool HasEnd(string path, string end) => path.EndsWith(end, StringComparison.OrdinalIgnoreCase);

    private static async Task AddAsync(
        TarWriter tar, string name, Stream content, CancellationToken cancellationToken)
    {
        // TarWriter asks for the length, which not every stream tells.
        using var buffer = new MemoryStream();
        await using (content.ConfigureAwait(false))
        {
            await content.CopyToAsync(buffer, cancellationToken).ConfigureAwait(false);
        }

        buffer.Position = 0;
        var entry = new UstarTarEntry(TarEntryType.RegularFile, name)
        {
            DataStream = buffer,
            ModificationTime = DateTimeOffset.UnixEpoch,
            Mode = Mode,
        };
        await tar.WriteEntryAsync(entry, cancellationToken).ConfigureAwait(false);
    }
}
