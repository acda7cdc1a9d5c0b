using MirrorValidate.Manifests;
using MirrorValidate.References;
using MirrorValidate.Stores.Shapes;

namespace MirrorValidate.Stores.Saving;

/// <summary>An entry of the index of a layout that is written.</summary>
/// <param name="Descriptor">The descriptor with its annotations.</param>
internal sealed record LayoutEntry(Descriptor Descriptor)
{
    /// <summary>What may be in the index once: a name, or an entry without one.</summary>
    internal string Key => Descriptor.Annotations.GetValueOrDefault(LayoutIndex.ContainerdName)
        ?? Descriptor.Digest.ToString();

    /// <summary>
    /// The entry of an image. Its full name is in both annotations: skopeo finds images by the one, docker and
    /// containerd by the other, and tags alone would be the same for many repositories.
    /// </summary>
    internal static LayoutEntry Of(Manifest manifest, ImageReference name) => new(
        new Descriptor(manifest.MediaType, manifest.Digest, manifest.Content.Length)
        {
            Annotations = new Dictionary<string, string>
            {
                [LayoutIndex.ContainerdName] = name.ToString(),
                [LayoutIndex.RefName] = name.ToString(),
            },
        });

    /// <summary>The entry of a referrer, which has no name.</summary>
    internal static LayoutEntry OfReferrer(Manifest manifest) => new(
        new Descriptor(manifest.MediaType, manifest.Digest, manifest.Content.Length)
        {
            ArtifactType = ReferrerManifest.Read(manifest).ArtifactType is { Length: > 0 } type ? type : null,
        });
}
