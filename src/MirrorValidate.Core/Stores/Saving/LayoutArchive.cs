using System.Formats.Tar;

namespace MirrorValidate.Stores.Saving;

/// <summary>Writes a tar archive. The same content gives the same bytes.</summary>
internal static class LayoutArchive
{
    private const UnixFileMode Mode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Writes an archive, and waits until it is on the disk.</summary>
    /// <param name="path">The file to create.</param>
    /// <param name="contents">The names of the entries, and how to open them. They are small.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    internal static async Task WriteAsync(
        string path, IEnumerable<(string Name, Func<Stream> Open)> contents, CancellationToken cancellationToken)
    {
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        await using (file.ConfigureAwait(false))
        {
            var tar = new TarWriter(file, TarEntryFormat.Ustar, leaveOpen: true);
            await using (tar.ConfigureAwait(false))
            {
                foreach ((string name, Func<Stream> open) in contents)
                    await AddAsync(tar, name, open(), cancellationToken).ConfigureAwait(false);
            }

            file.Flush(flushToDisk: true);
        }
    }

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
