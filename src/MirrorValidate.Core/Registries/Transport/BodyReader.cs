using System.Buffers;

namespace MirrorValidate.Registries.Transport;

/// <summary>
/// Reads bodies up to a limit. Memory grows with the bytes that arrive, not with the announced length.
/// </summary>
internal static class BodyReader
{
    private const int FirstBuffer = 16 * 1024;
    private const int LargeBuffer = 1024 * 1024;

    private static readonly TimeSpan ErrorTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Reads a whole body.</summary>
    /// <param name="content">The body.</param>
    /// <param name="limit">The maximum size, in bytes.</param>
    /// <param name="large">
    /// Bounds how many large bodies of a host are read at once, and so the memory that they take.
    /// </param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The bytes; <see langword="null"/> if there are more than <paramref name="limit"/>.</returns>
    /// <exception cref="RegistryException">The body broke off.</exception>
    internal static async Task<byte[]?> ReadAsync(
        HttpContent content, int limit, SemaphoreSlim large, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > limit) return null;
        try
        {
            return await ReadAsync(content, limit, large, truncate: false, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (FaultTranslator.IsConnectionFault(e))
        {
            throw FaultTranslator.FromException(e, certificates: null);
        }
    }

    /// <summary>
    /// Reads the start of an error body. Gives up after two seconds or when the connection breaks, and returns nothing:
    /// the status matters more.
    /// </summary>
    /// <param name="content">The body.</param>
    /// <param name="limit">The maximum number of bytes to return.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    internal static async Task<byte[]> ReadStartAsync(
        HttpContent content, int limit, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(ErrorTimeout);
        try
        {
            return (await ReadAsync(content, limit, large: null, truncate: true, timeout.Token).ConfigureAwait(false))!;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return [];
        }
        catch (Exception e) when (FaultTranslator.IsConnectionFault(e))
        {
            return [];
        }
    }

    /// <summary>The fault of a body that is larger than its limit.</summary>
    internal static RegistryException TooLarge(int limit) =>
        new(RegistryFault.ResponseTooLarge, $"the answer is larger than {limit} bytes");

    private static async Task<byte[]?> ReadAsync(
        HttpContent content, int limit, SemaphoreSlim? large, bool truncate, CancellationToken cancellationToken)
    {
        bool isLarge = false;
        Stream stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            byte[] buffer = ArrayPool<byte>.Shared.Rent(Math.Min(FirstBuffer, limit + 1));
            try
            {
                int length = 0;
                while (true)
                {
                    int count =
                        await stream.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
                    length += count;
                    if (length > limit) return truncate ? buffer[..limit] : null;
                    if (count == 0) return buffer[..length];
                    if (length < buffer.Length) continue;
                    if (length >= LargeBuffer && !isLarge && large is not null)
                    {
                        await large.WaitAsync(cancellationToken).ConfigureAwait(false);
                        isLarge = true;
                    }

                    buffer = Grow(buffer, length, limit);
                }
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
                if (isLarge) large!.Release();
            }
        }
    }

    // One byte past the limit is enough to see that it is exceeded.
    private static byte[] Grow(byte[] buffer, int length, int limit)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(2L * length, limit + 1L));
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
