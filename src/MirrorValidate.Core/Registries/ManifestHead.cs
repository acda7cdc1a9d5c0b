namespace MirrorValidate.Registries;

/// <summary>What is known of a manifest that was not read. Nothing of it is verified.</summary>
/// <param name="Digest">The digest, as text; empty where it is not known.</param>
/// <param name="MediaType">The media type without parameters; empty where it is not known.</param>
internal sealed record ManifestHead(string Digest, string MediaType);
