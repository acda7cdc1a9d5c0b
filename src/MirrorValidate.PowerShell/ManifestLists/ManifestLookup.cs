using MirrorValidate.Manifests;
using MirrorValidate.References;

namespace MirrorValidate.PowerShell.ManifestLists;

/// <summary>The outcome of looking up an image.</summary>
/// <param name="Reference">The reference of the image.</param>
/// <param name="Manifest">The manifest; <see langword="null"/> if it could not be read.</param>
/// <param name="Platform">The platform of a single image; <see langword="null"/> for a list.</param>
/// <param name="Fault">Why it could not be read; <see langword="null"/> if it was.</param>
internal sealed record ManifestLookup(
    ImageReference Reference, Manifest? Manifest, Platform? Platform, Exception? Fault);
