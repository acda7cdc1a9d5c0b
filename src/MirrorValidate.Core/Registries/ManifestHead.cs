namespace MirrorValidate.Registries;

/// <summary>What a registry says of a manifest that it does not send.</summary>
/// <param name="Digest">The <c>Docker-Content-Digest</c>, not verified; empty where there is none.</param>
/// <param name="MediaType">The <c>Content-Type</c> without parameters; empty where there is none.</param>
public sealed record ManifestHead(string Digest, string MediaType);
