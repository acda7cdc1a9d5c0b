using System.Buffers;

namespace MirrorValidate.Registries.Transport;

/// <summary>Reads bodies up to a limit; memory grows with what arrives, not with what is announced.</summary>
internal static class BodyReader
{
    private const int FirstBuffer = 16 * 1024;

    private static readonly TimeSpan ErrorPatience = TimeSpan.FromSeconds(2);

    /// <summary>Reads a body whole.</summary>
    /// <returns>The bytes, or <see langword="null"/> where the body is larger than <paramref name="limit"/> bytes.</returns>
    internal static async Task<byte[]?> ReadAsync(HttpContent content, int limit, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > limit) return null;
        return await ReadAsync(content, limit, throwAway: false, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads the start of an error body, at most <paramref name="limit"/> bytes, without waiting long: the status says what matters.</summary>
    internal static async Task<byte[]> ReadStartAsync(HttpContent content, int limit, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(ErrorPatience);
        try
        {
            return (await ReadAsync(content, limit, throwAway: true, patience.Token).ConfigureAwait(false))!;
        }
        catch (Exception e) when (e is IOException or HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return [];
        }
    }

    private static async Task<byte[]?> ReadAsync(HttpContent content, int limit, bool throwAway, CancellationToken cancellationToken)
    {
        Stream stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            byte[] buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
            try
            {
                int length = 0;
                while (true)
                {
                    int count = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
                    length += count;
                    if (length > limit) return throwAway ? buffer[..limit] : null;
                    if (count == 0) return buffer[..length];
                    if (length == buffer.Length) buffer = Grow(buffer, length);
                }
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    private static byte[] Grow(byte[] buffer, int length)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(2 * length);
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
