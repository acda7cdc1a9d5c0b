namespace MirrorValidate.Validation.Differences;

/// <summary>Two manifests that should be the same and are not.</summary>
/// <param name="Source">The digest at the source.</param>
/// <param name="Destination">The digest at the destination.</param>
internal sealed record ManifestPair(string Source, string Destination);
