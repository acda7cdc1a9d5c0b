using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using MirrorValidate.Manifests;
using MirrorValidate.Registries.Transport;

namespace MirrorValidate.Registries.Blobs;

/// <summary>
/// Hashes a blob while it is downloaded: one piece is hashed while the next one is read, and no more than two are in memory.
/// </summary>
internal sealed class BlobHasher(Descriptor blob)
{
    private const int PieceSize = 256 * 1024;

    /// <summary>What was found by the last attempt that read to the end.</summary>
    internal BlobState State { get; private set; } = BlobState.Present;

    /// <summary>A <see cref="BodyConsumer"/>; begins anew each time.</summary>
    internal async Task ReadAsync(HttpResponseMessage answer, RequestState state, CancellationToken cancellationToken)
    {
        bool isSizeKnown = blob.Size != Descriptor.UnknownSize;
        long? announced = answer.Content.Headers.ContentLength;
        if (isSizeKnown && announced is { } size && size != blob.Size)
        {
            State = BlobState.OtherSize(size, blob.Size);
            return;
        }

        Stream stream = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            // A byte more than there should be is enough to see that there are too many.
            long limit = isSizeKnown && blob.Size < long.MaxValue ? blob.Size + 1 : long.MaxValue;
            (long length, byte[] hash) = await HashAsync(stream, limit, state, cancellationToken).ConfigureAwait(false);
            // Where the end of the connection is the end of the body, nobody can tell a short blob from one that broke off.
            if (isSizeKnown && length < blob.Size && announced is null && answer.Headers.TransferEncodingChunked != true && answer.Version.Major < 2)
                throw new RegistryException(RegistryFault.Unavailable, "the connection was closed before the answer was complete") { IsTransient = true };
            State = Judge(length, hash, isSizeKnown);
        }
    }

    private BlobState Judge(long length, byte[] hash, bool isSizeKnown)
    {
        if (isSizeKnown && length > blob.Size)
            return new BlobState(BlobProblem.Size, string.Create(CultureInfo.InvariantCulture, $"more than {blob.Size} bytes"));
        if (isSizeKnown && length < blob.Size) return BlobState.OtherSize(length, blob.Size);
        string actual = $"{blob.Digest.Algorithm}:{Convert.ToHexString(hash).ToLowerInvariant()}";
        return actual == blob.Digest.ToString()
            ? new BlobState(BlobProblem.None, Hashed: length)
            : new BlobState(BlobProblem.Digest, $"its content has the digest {actual}", length);
    }

    private async Task<(long Length, byte[] Hash)> HashAsync(Stream stream, long limit, RequestState state, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(blob.Digest.Algorithm == "sha512" ? HashAlgorithmName.SHA512 : HashAlgorithmName.SHA256);
        int pieceSize = (int)Math.Min(PieceSize, limit);
        byte[] piece = ArrayPool<byte>.Shared.Rent(pieceSize);
        byte[] next = ArrayPool<byte>.Shared.Rent(pieceSize);
        Task hashing = Task.CompletedTask;
        try
        {
            long length = 0;
            while (true)
            {
                int wanted = (int)Math.Min(pieceSize, limit - length);
                int count = await FillAsync(stream, piece.AsMemory(0, wanted), state, cancellationToken).ConfigureAwait(false);
                await hashing.ConfigureAwait(false);
                length += count;
                if (count < wanted || length == limit)
                {
                    hash.AppendData(piece, 0, count);
                    return (length, hash.GetHashAndReset());
                }

                byte[] full = piece;
                hashing = Task.Run(() => hash.AppendData(full, 0, count), CancellationToken.None);
                (piece, next) = (next, piece);
            }
        }
        finally
        {
            // No buffer goes back while it is read.
            await hashing.ConfigureAwait(false);
            ArrayPool<byte>.Shared.Return(piece);
            ArrayPool<byte>.Shared.Return(next);
        }
    }

    // Less than what fits only at the end.
    private static async ValueTask<int> FillAsync(Stream stream, Memory<byte> buffer, RequestState state, CancellationToken cancellationToken)
    {
        int filled = 0;
        while (filled < buffer.Length)
        {
            int count = await stream.ReadAsync(buffer[filled..], cancellationToken).ConfigureAwait(false);
            if (count == 0) break;
            filled += count;
            state.WaitingFor = " for the rest of it";
            state.Timer?.Restart();
        }

        return filled;
    }
}
