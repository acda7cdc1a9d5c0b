using System.Buffers;
using System.Security.Cryptography;
using MirrorValidate.Registries;

namespace MirrorValidate.Stores.Files;

/// <summary>A file of a store. Opening it is safe for concurrent use.</summary>
/// <param name="store">The path of the store, for messages.</param>
/// <param name="name">The name in the store.</param>
/// <param name="length">The length in bytes.</param>
internal abstract class StoreFile(string store, string name, long length)
{
    private const int PieceSize = 256 * 1024;

    /// <summary>The name in the store, with <c>/</c> between its parts.</summary>
    internal string Name => name;

    /// <summary>The length in bytes.</summary>
    internal long Length => length;

    /// <summary>
    /// An entry of an archive with the same name that comes before this one. Programs differ in which they take, so
    /// both must be right.
    /// </summary>
    internal StoreFile? Other { get; init; }

    /// <summary>Opens the file.</summary>
    /// <exception cref="StoreException">The file cannot be opened, or its content was not kept.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    internal abstract Stream Open();

    /// <summary>Reads a file that is no larger than a limit.</summary>
    /// <param name="limit">The maximum size in bytes.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="StoreException">
    /// The file is larger, cannot be read, or another entry of its name has other content.
    /// </exception>
    internal async Task<byte[]> ReadAsync(int limit, CancellationToken cancellationToken)
    {
        byte[] content = await ReadOneAsync(limit, cancellationToken).ConfigureAwait(false);
        for (StoreFile? other = Other; other is not null; other = other.Other)
        {
            byte[] same = await other.ReadOneAsync(limit, cancellationToken).ConfigureAwait(false);
            if (!content.AsSpan().SequenceEqual(same))
                throw Damaged("it is in the archive twice, with different content");
        }

        return content;
    }

    /// <summary>Hashes the content.</summary>
    /// <param name="algorithm"><c>sha256</c> or <c>sha512</c>.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The digest, <c>algorithm:encoded</c>.</returns>
    /// <exception cref="StoreException">The file cannot be read.</exception>
    internal virtual async Task<string> HashAsync(string algorithm, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(
            algorithm == "sha512" ? HashAlgorithmName.SHA512 : HashAlgorithmName.SHA256);
        byte[] piece = ArrayPool<byte>.Shared.Rent(PieceSize);
        try
        {
            Stream stream = Open();
            await using (stream.ConfigureAwait(false))
            {
                for (long left = length; left > 0;)
                {
                    int wanted = (int)Math.Min(piece.Length, left);
                    int count =
                        await stream.ReadAsync(piece.AsMemory(0, wanted), cancellationToken).ConfigureAwait(false);
                    if (count == 0) throw Damaged("it ends too early");
                    hash.AppendData(piece, 0, count);
                    left -= count;
                }
            }
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            throw Unreadable(e);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }

        return $"{algorithm}:{Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant()}";
    }

    /// <summary>Reads the first byte, if there is one: that it is listed does not show that it can be read.</summary>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="StoreException">The file cannot be read.</exception>
    internal virtual async Task ProbeAsync(CancellationToken cancellationToken)
    {
        if (length == 0) return;
        try
        {
            Stream stream = Open();
            await using (stream.ConfigureAwait(false))
            {
                if (await stream.ReadAsync(new byte[1], cancellationToken).ConfigureAwait(false) == 0)
                    throw Damaged("it ends too early");
            }
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            throw Unreadable(e);
        }
    }

    /// <summary>The exception for a file that is damaged.</summary>
    /// <param name="problem">What is wrong, a clause.</param>
    internal StoreException Damaged(string problem) =>
        new(RegistryFault.MalformedManifest, $"{store}: {name}: {problem}");

    private async Task<byte[]> ReadOneAsync(int limit, CancellationToken cancellationToken)
    {
        if (length > limit)
        {
            throw new StoreException(
                RegistryFault.ResponseTooLarge, $"{store}: {name}: it has {length} bytes, more than {limit}");
        }

        byte[] content = new byte[length];
        try
        {
            Stream stream = Open();
            await using (stream.ConfigureAwait(false))
            {
                await stream.ReadExactlyAsync(content, cancellationToken).ConfigureAwait(false);
            }

            return content;
        }
        catch (EndOfStreamException)
        {
            throw Damaged("it ends too early");
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            throw Unreadable(e);
        }
    }

    private StoreException Unreadable(Exception e) =>
        e is InvalidDataException
            ? Damaged($"it cannot be decompressed: {e.Message}")
            : new StoreException(RegistryFault.Unavailable, $"{store}: {name}: {e.Message}", e);

    private static bool IsUnreadable(Exception e) =>
        e is IOException or UnauthorizedAccessException or InvalidDataException;
}
