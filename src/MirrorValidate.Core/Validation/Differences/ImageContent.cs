using System.Globalization;
using MirrorValidate.Manifests;

namespace MirrorValidate.Validation.Differences;

/// <summary>A manifest and, if it is an image, what its config says about how it was built.</summary>
/// <param name="Manifest">The manifest.</param>
/// <param name="Build">What the config says; <see langword="null"/> if there is none.</param>
internal sealed record ImageContent(Manifest Manifest, ImageBuild? Build)
{
    private ImageManifest? Image => Manifest as ImageManifest;

    /// <summary>When the image was built, for people.</summary>
    internal string Created => Build?.Created is { } created
        ? created.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)
        : "";

    internal bool HasSameLayers(ImageContent other) =>
        Image is { } image && other.Image is { } its
        && image.Layers.Select(layer => layer.Digest).SequenceEqual(its.Layers.Select(layer => layer.Digest));

    internal bool HasSameFileSystems(ImageContent other) =>
        Build is { DiffIds.Count: > 0 } build && other.Build is { } its && build.DiffIds.SequenceEqual(its.DiffIds);

    /// <summary>Whether the configs mean the same. After a conversion, their bytes may differ.</summary>
    internal bool HasSameConfig(ImageContent other) =>
        (Image is { } image && other.Image is { } manifest && image.Config.Digest == manifest.Config.Digest)
        || (Build is { } build && other.Build is { } its
            && build.DiffIds.SequenceEqual(its.DiffIds)
            && build.Created == its.Created
            && build.Settings == its.Settings);

    /// <summary>
    /// Whether the config says that this was built before another; <see langword="null"/> if a date is unknown or they
    /// are equal.
    /// </summary>
    internal bool? IsOlderThan(ImageContent other) =>
        Build?.Created is { } created && other.Build?.Created is { } its && created != its ? created < its : null;
}
