namespace MirrorValidate.Registries;

/// <summary>What is known about a manifest that was not read. None of it is verified.</summary>
/// <param name="Digest">The digest; empty if unknown.</param>
/// <param name="MediaType">The media type without parameters; empty if unknown.</param>
internal sealed record ManifestHead(string Digest, string MediaType);
