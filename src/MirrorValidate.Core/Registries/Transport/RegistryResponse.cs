namespace MirrorValidate.Registries.Transport;

/// <summary>A good answer, its body read whole.</summary>
/// <param name="Request">What was asked, for messages.</param>
/// <param name="ContentType">The <c>Content-Type</c>.</param>
/// <param name="DigestHeader">The <c>Docker-Content-Digest</c>; several that differ make a text that is no digest.</param>
/// <param name="Body">The body; empty for HEAD.</param>
internal sealed record RegistryResponse(RequestState Request, string? ContentType, string? DigestHeader, byte[] Body)
{
    /// <summary>The <c>Link</c> headers.</summary>
    internal IReadOnlyList<string> Links { get; init; } = [];

    /// <summary>The size in bytes of what was asked for, as the headers state it; <see langword="null"/> where they do not.</summary>
    internal long? Size { get; init; }
}
