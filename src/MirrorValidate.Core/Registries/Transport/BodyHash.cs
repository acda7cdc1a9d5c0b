namespace MirrorValidate.Registries.Transport;

/// <summary>What a body was found to be that was hashed and not kept.</summary>
/// <param name="Length">The number of bytes that were hashed: never more than one past the expected size.</param>
/// <param name="Digest">Their digest, for example <c>sha256:…</c>.</param>
internal sealed record BodyHash(long Length, string Digest);
