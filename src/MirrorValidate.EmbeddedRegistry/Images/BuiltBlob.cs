namespace MirrorValidate.Embedded.Images;

/// <summary>A configuration or a layer.</summary>
/// <param name="MediaType">The type that its descriptor states.</param>
/// <param name="Content">The bytes.</param>
public sealed record BuiltBlob(string MediaType, ReadOnlyMemory<byte> Content)
{
    /// <summary>The sha256 digest.</summary>
    public string Digest { get; } = ContentDigest.Sha256(Content.Span);

    /// <summary>The size in bytes that its descriptor states.</summary>
    public int Size => Content.Length;

    /// <summary>The digest of a layer before compression, as <c>rootfs.diff_ids</c> has it; null for anything else.</summary>
    public string? DiffId { get; init; }
}
