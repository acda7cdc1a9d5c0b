using MirrorValidate.Embedded.Images;
using MirrorValidate.RealRegistry.Tests.Fixtures;

namespace MirrorValidate.RealRegistry.Tests.Mirroring;

/// <summary>Damage to a mirrored list on the disk of a registry, and the expected verdict.</summary>
/// <param name="Name">
/// The name of the case. It is also the seed of the list, so that no two cases have the same bytes.
/// </param>
/// <param name="Side">The registry that was damaged, <c>source</c> or <c>destination</c>.</param>
/// <param name="Do">Damages the storage. Gets the repository and the list.</param>
/// <param name="Expected">The verdict of all modes for the list.</param>
public sealed record DamageCase(
    string Name, string Side, Action<RegistryStorage, string, BuiltManifest> Do, Func<BuiltManifest, Expected> Expected)
{
    /// <summary>Returns the name, which is part of the test's name.</summary>
    public override string ToString() => $"{Side}: {Name}";
}
