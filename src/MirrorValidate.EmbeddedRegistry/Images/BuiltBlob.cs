namespace MirrorValidate.Embedded.Images;

/// <summary>A config or a layer.</summary>
/// <param name="MediaType">The media type in its descriptor.</param>
/// <param name="Content">The bytes.</param>
public sealed record BuiltBlob(string MediaType, ReadOnlyMemory<byte> Content)
{
    /// <summary>The sha256 digest.</summary>
    public string Digest { get; } = ContentDigest.Sha256(Content.Span);

    /// <summary>The size in bytes, as in its descriptor.</summary>
    public int Size => Content.Length;

    /// <summary>
    /// The digest of a layer before compression, as in <c>rootfs.diff_ids</c>; null for anything else.
    /// </summary>
    public string? DiffId { get; init; }
}
