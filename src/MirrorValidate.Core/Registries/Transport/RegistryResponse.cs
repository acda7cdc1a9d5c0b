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

    /// <summary>
    /// How the body is encoded, though no encoding was asked for; <see langword="null"/> if its headers name none. A
    /// body that hashes right is right all the same.
    /// </summary>
    internal string? ContentEncoding { get; init; }

    /// <summary>What a message about content that is not right adds about its encoding.</summary>
    internal string EncodingClause =>
        ContentEncoding is null ? "" : $"; its Content-Encoding is {ContentEncoding}, which was not asked for";

    /// <summary>The <c>Link</c> headers.</summary>
    internal IReadOnlyList<string> Links { get; init; } = [];

    /// <summary>
    /// The size of the content in bytes, as the headers state it; <see langword="null"/> if they do not.
    /// </summary>
    internal long? Size { get; init; }
}
