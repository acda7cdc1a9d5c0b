namespace MirrorValidate.Registries.Transport;

/// <summary>A good response to a request.</summary>
/// <param name="Request">The request, for messages.</param>
/// <param name="ContentType">The <c>Content-Type</c>.</param>
/// <param name="DigestHeader">
/// The <c>Docker-Content-Digest</c>; several different ones are joined, so that they parse as no digest.
/// </param>
/// <param name="Body">The body, if the request keeps it; else empty.</param>
internal sealed record RegistryResponse(RequestState Request, string? ContentType, string? DigestHeader, byte[] Body)
{
    /// <summary>
    /// The hash of the body; <see langword="null"/> if it was not hashed, or <see cref="Size"/> is not that of the
    /// blob.
    /// </summary>
    internal BodyHash? Hash { get; init; }

    /// <summary>The <c>Link</c> headers.</summary>
    internal IReadOnlyList<string> Links { get; init; } = [];

    /// <summary>
    /// The size of the content in bytes, as the headers state it; <see langword="null"/> if they do not.
    /// </summary>
    internal long? Size { get; init; }
}
