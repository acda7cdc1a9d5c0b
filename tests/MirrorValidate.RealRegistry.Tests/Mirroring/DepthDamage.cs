using MirrorValidate.Embedded.Images;
using MirrorValidate.RealRegistry.Tests.Fixtures;
using MirrorValidate.Validation;

namespace MirrorValidate.RealRegistry.Tests.Mirroring;

/// <summary>
/// Damage to the linux/arm64/v8 image of a list on the destination's disk, and the depth that finds it.
/// </summary>
/// <param name="Name">
/// The name of the case. It is also the seed of the images, so that no two cases have the same bytes.
/// </param>
/// <param name="Depth">The shallowest depth that finds it.</param>
/// <param name="Reason">The expected reason.</param>
/// <param name="Leaves">The level that is still proven.</param>
/// <param name="Do">Damages the storage. Gets the repository and the image.</param>
public sealed record DepthDamage(
    string Name, ValidationDepth Depth, ValidationReason Reason, ValidationDepth Leaves, Action<RegistryStorage, string, BuiltManifest> Do)
{
    /// <summary>Whether the config is damaged, rather than a layer.</summary>
    public bool IsConfig { get; init; }

    /// <summary>Whether the manifest is damaged, rather than a layer.</summary>
    public bool IsManifest { get; init; }

    /// <summary>Returns the name, which is part of the test's name.</summary>
    public override string ToString() => Name;
}
