using System.Net;

namespace MirrorValidate.Registries.Transport;

/// <summary>
/// Reads the first byte of a body. A registry may know a blob that its storage has lost: CNCF Distribution answers
/// from its cache of descriptors, and ends the body before the first byte (registry/storage/filereader.go).
/// </summary>
internal static class FirstByte
{
    /// <summary>Reads the byte. The rest of the body is left unread.</summary>
    /// <param name="response">The response, its body unread.</param>
    /// <param name="isAnnounced">Whether the headers say that there is content.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The byte; nothing where the body is empty and was not announced.</returns>
    /// <exception cref="RegistryException">It did not come.</exception>
    internal static async Task<byte[]> ReadAsync(
        HttpResponseMessage response, bool isAnnounced, CancellationToken cancellationToken)
    {
        byte[] one = new byte[1];
        try
        {
            Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            await using (stream.ConfigureAwait(false))
            {
                int count = await stream.ReadAsync(one, cancellationToken).ConfigureAwait(false);
                if (count == 1) return one;
                return isAnnounced ? throw NotSent(response.StatusCode, FaultTranslator.Incomplete()) : [];
            }
        }
        catch (Exception e) when (FaultTranslator.IsConnectionFault(e))
        {
            throw NotSent(response.StatusCode, FaultTranslator.FromException(e, certificates: null));
        }
    }

    // With the status: the host has answered, and is not one that should be left alone.
    private static RegistryException NotSent(HttpStatusCode status, RegistryException fault) => new(
        fault.Fault, $"{(int)status}, but not a byte of the content came: {fault.Message}", fault.InnerException)
    {
        StatusCode = status,
        IsTransient = fault.IsTransient,
    };
}
