using System.Buffers;
using System.Security.Cryptography;
using MirrorValidate.Manifests;

namespace MirrorValidate.Registries.Transport;

/// <summary>
/// Hashes bodies while they arrive: one piece is hashed while the next is read, so at most two are in memory.
/// </summary>
internal static class BodyHasher
{
    private const int PieceSize = 256 * 1024;

    /// <summary>Hashes the body of a response, up to one byte past the size of its descriptor.</summary>
    /// <param name="response">The response, its body unread.</param>
    /// <param name="blob">The descriptor, for its size and the algorithm of its digest.</param>
    /// <param name="state">The request. Each piece that arrives restarts the timer of its attempt.</param>
    /// <param name="cancellationToken">Cancels the download.</param>
    /// <exception cref="RegistryException">The connection broke before the end of the body.</exception>
    internal static async Task<BodyHash> HashAsync(
        HttpResponseMessage response, Descriptor blob, RequestState state, CancellationToken cancellationToken)
    {
        try
        {
            Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            await using (stream.ConfigureAwait(false))
            {
                BodyHash hash = await HashAsync(stream, blob, state, cancellationToken).ConfigureAwait(false);
                if (hash.Length < blob.Size && UnmarkedEnd.Has(response)) throw FaultTranslator.Incomplete();
                return hash;
            }
        }
        catch (Exception e) when (FaultTranslator.IsConnectionFault(e))
        {
            throw FaultTranslator.FromException(e, certificates: null);
        }
    }

    private static async Task<BodyHash> HashAsync(
        Stream stream, Descriptor blob, RequestState state, CancellationToken cancellationToken)
    {
        string name = blob.Digest.Algorithm;
        HashAlgorithmName algorithm = name == "sha512" ? HashAlgorithmName.SHA512 : HashAlgorithmName.SHA256;
        using var hash = IncrementalHash.CreateHash(algorithm);
        long limit = blob.Size is Descriptor.UnknownSize or long.MaxValue ? long.MaxValue : blob.Size + 1;
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
                int count =
                    await FillAsync(stream, piece.AsMemory(0, wanted), state, cancellationToken).ConfigureAwait(false);
                await hashing.ConfigureAwait(false);
                length += count;
                if (count < wanted || length == limit)
                {
                    hash.AppendData(piece, 0, count);
                    string hex = Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant();
                    return new BodyHash(length, $"{name}:{hex}");
                }

                byte[] full = piece;
                hashing = Task.Run(() => hash.AppendData(full, 0, count), CancellationToken.None);
                (piece, next) = (next, piece);
            }
        }
        finally
        {
            // A buffer must not return to the pool while it is hashed.
            await hashing.ConfigureAwait(false);
            ArrayPool<byte>.Shared.Return(piece);
            ArrayPool<byte>.Shared.Return(next);
        }
    }

    // Fills the buffer unless the body ends.
    private static async ValueTask<int> FillAsync(
        Stream stream, Memory<byte> buffer, RequestState state, CancellationToken cancellationToken)
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
