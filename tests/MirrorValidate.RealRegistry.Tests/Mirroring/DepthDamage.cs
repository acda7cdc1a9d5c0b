using MirrorValidate.Embedded.Images;
using MirrorValidate.RealRegistry.Tests.Fixtures;
using MirrorValidate.Validation;

namespace MirrorValidate.RealRegistry.Tests.Mirroring;

/// <summary>What happened to the linux/arm64/v8 image of a list on the destination's disk, and how deep one has to look to find it.</summary>
/// <param name="Name">What the row is about; the images are made of it, so that no other row has the same bytes.</param>
/// <param name="Depth">The shallowest depth that finds it.</param>
/// <param name="Reason">What that is called.</param>
/// <param name="Leaves">The level that stays proven.</param>
/// <param name="Do">Damages the storage; given the repository and the image.</param>
public sealed record DepthDamage(
    string Name, ValidationDepth Depth, ValidationReason Reason, ValidationDepth Leaves, Action<RegistryStorage, string, BuiltManifest> Do)
{
    /// <summary>Whether the config is damaged, not a layer.</summary>
    public bool IsConfig { get; init; }

    /// <summary>Whether the manifest is damaged, not a layer.</summary>
    public bool IsManifest { get; init; }

    /// <summary>The name, for the name of the test.</summary>
    public override string ToString() => Name;
}
