using MirrorValidate.Manifests;
using MirrorValidate.References;

namespace MirrorValidate.PowerShell.ManifestLists;

/// <summary>What became of looking up an image.</summary>
/// <param name="Reference">What was asked for.</param>
/// <param name="Manifest">The manifest, where it was read.</param>
/// <param name="Platform">The platform of a single image.</param>
/// <param name="Fault">Why it was not read.</param>
public sealed record ManifestLookup(ImageReference Reference, Manifest? Manifest, Platform? Platform, Exception? Fault);
