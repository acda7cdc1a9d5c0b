using System.Buffers;
using System.Security.Cryptography;

namespace MirrorValidate.Stores.Files;

/// <summary>
/// The files of a store in a compressed tar archive. It is decompressed once, from start to end: the digest of each
/// file is computed on the way, and what may be a manifest or a config is kept in a temporary file. Layers are not
/// kept.
/// </summary>
internal sealed class CompressedTarFiles : IStoreFiles
{
    private const int PieceSize = 256 * 1024;

    private readonly ArchiveIndex _index;
    private readonly Spool _spool;

    private CompressedTarFiles(string path, Spool spool)
    {
        Path = path;
        _spool = spool;
        _index = new ArchiveIndex(path);
    }

    /// <inheritdoc/>
    public string Path { get; }

    /// <summary>Reads an archive.</summary>
    /// <param name="path">The path as it was given.</param>
    /// <param name="archive">The archive, decompressed.</param>
    /// <param name="limits">The limits.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="StoreException">The archive is damaged, cut off, hostile or over a limit.</exception>
    /// <exception cref="IOException">The archive cannot be read, or the temporary file not be written.</exception>
    internal static CompressedTarFiles Read(
        string path, Stream archive, StoreLimits limits, CancellationToken cancellationToken)
    {
        var spool = new Spool(path, limits.SpoolSize);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(PieceSize);
        try
        {
            var files = new CompressedTarFiles(path, spool);
            files.Read(archive, buffer, limits, cancellationToken);
            return files;
        }
        catch
        {
            spool.Dispose();
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <inheritdoc/>
    public StoreFile? Find(string name) => _index.Find(name);

    /// <inheritdoc/>
    public IEnumerable<string> List(int depth) => _index.List(depth);

    /// <inheritdoc/>
    public void Dispose() => _spool.Dispose();

    private void Read(Stream archive, byte[] buffer, StoreLimits limits, CancellationToken cancellationToken)
    {
        var scan = new TarScan(archive, Path, limits);
        try
        {
            while (scan.Next() is { } entry)
            {
                cancellationToken.ThrowIfCancellationRequested();
                TarLinks.Add(
                    _index, entry, name => Read(archive, scan, entry, name, buffer, limits, cancellationToken));
            }

            // What was decompressed is checked at its end.
            while (archive.Read(buffer) > 0) cancellationToken.ThrowIfCancellationRequested();
        }
        catch (InvalidDataException e)
        {
            throw scan.Undecompressed(e);
        }
    }

    private PassedFile Read(
        Stream archive,
        TarScan scan,
        TarEntry entry,
        string name,
        byte[] buffer,
        StoreLimits limits,
        CancellationToken cancellationToken)
    {
        string algorithm = name.Contains("/sha512/", StringComparison.Ordinal) ? "sha512" : "sha256";
        using var hash = IncrementalHash.CreateHash(
            algorithm == "sha512" ? HashAlgorithmName.SHA512 : HashAlgorithmName.SHA256);
        SliceFile? kept = null;
        for (long left = entry.Length; left > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int wanted = (int)Math.Min(buffer.Length, left);
            int count = archive.ReadAtLeast(buffer.AsSpan(0, wanted), wanted, throwOnEndOfStream: false);
            if (count < wanted) throw scan.CutOff();
            scan.Advance(count);
            ReadOnlySpan<byte> piece = buffer.AsSpan(0, count);
            hash.AppendData(piece);
            bool isKept = left == entry.Length
                ? entry.Length <= limits.IndexSize && IsJson(piece)
                : kept is not null;
            if (isKept)
            {
                long offset = _spool.Add(piece);
                kept ??= new SliceFile(Path, name, _spool.Handle, offset, entry.Length);
            }

            left -= count;
        }

        string digest = $"{algorithm}:{Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant()}";
        return new PassedFile(Path, name, entry.Length, digest, kept) { Other = _index.Current(name) };
    }

    private static bool IsJson(ReadOnlySpan<byte> start) =>
        start.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..];
}
