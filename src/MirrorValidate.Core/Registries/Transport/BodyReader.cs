using System.Buffers;

namespace MirrorValidate.Registries.Transport;

/// <summary>Reads bodies up to a limit; memory grows with what arrives, not with what is announced.</summary>
internal static class BodyReader
{
    private const int FirstBuffer = 16 * 1024;
    private const int LargeBuffer = 1024 * 1024;

    private static readonly TimeSpan ErrorPatience = TimeSpan.FromSeconds(2);

    /// <summary>Reads a body whole.</summary>
    /// <param name="content">The body.</param>
    /// <param name="limit">The most bytes.</param>
    /// <param name="large">Lets a few large bodies of a host be read at once, so that a host which sends nothing else fills no memory.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The bytes, or <see langword="null"/> where the body is larger than <paramref name="limit"/> bytes.</returns>
    /// <exception cref="RegistryException">The body broke off.</exception>
    internal static async Task<byte[]?> ReadAsync(HttpContent content, int limit, SemaphoreSlim large, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > limit) return null;
        try
        {
            return await ReadAsync(content, limit, large, throwAway: false, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (FaultTranslator.IsConnectionFault(e))
        {
            throw FaultTranslator.FromException(e, certificates: null);
        }
    }

    /// <summary>Reads the start of an error body, at most <paramref name="limit"/> bytes, without waiting long: the status says what matters.</summary>
    internal static async Task<byte[]> ReadStartAsync(HttpContent content, int limit, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(ErrorPatience);
        try
        {
            return (await ReadAsync(content, limit, large: null, throwAway: true, patience.Token).ConfigureAwait(false))!;
        }
        catch (Exception e) when (FaultTranslator.IsConnectionFault(e) || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return [];
        }
    }

    private static async Task<byte[]?> ReadAsync(
        HttpContent content, int limit, SemaphoreSlim? large, bool throwAway, CancellationToken cancellationToken)
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
                    int count = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
                    length += count;
                    if (length > limit) return throwAway ? buffer[..limit] : null;
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

    // One byte more than the limit is enough to see that it is exceeded.
    private static byte[] Grow(byte[] buffer, int length, int limit)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(2L * length, limit + 1L));
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
