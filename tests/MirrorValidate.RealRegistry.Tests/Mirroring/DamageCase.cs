using MirrorValidate.Embedded.Images;
using MirrorValidate.RealRegistry.Tests.Fixtures;

namespace MirrorValidate.RealRegistry.Tests.Mirroring;

/// <summary>What happened to a mirrored list on the disk of one registry, and what is to be said of it.</summary>
/// <param name="Name">What the row is about; the list is made of it, so that no other row has the same bytes.</param>
/// <param name="Side">The registry that was damaged, <c>source</c> or <c>destination</c>.</param>
/// <param name="Do">Damages the storage; given the repository and the list.</param>
/// <param name="Expected">The verdict of all modes, given the list.</param>
public sealed record DamageCase(
    string Name, string Side, Action<RegistryStorage, string, BuiltManifest> Do, Func<BuiltManifest, Expected> Expected)
{
    /// <summary>The name, for the name of the test.</summary>
    public override string ToString() => $"{Side}: {Name}";
}
