namespace MirrorValidate.Registries.Transport;

/// <summary>A good answer, its body read whole.</summary>
/// <param name="Request">What was asked, for messages.</param>
/// <param name="ContentType">The <c>Content-Type</c>.</param>
/// <param name="DigestHeader">The <c>Docker-Content-Digest</c>.</param>
/// <param name="ContentLength">The <c>Content-Length</c>, in bytes.</param>
/// <param name="Body">The body; empty for HEAD.</param>
internal sealed record RegistryResponse(
    RequestDescription Request, string? ContentType, string? DigestHeader, long? ContentLength, byte[] Body);
