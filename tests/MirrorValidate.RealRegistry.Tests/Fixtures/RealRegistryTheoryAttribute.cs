namespace MirrorValidate.RealRegistry.Tests.Fixtures;

/// <summary>
/// A theory that needs the programs of <see cref="RealBinaries"/>. If they are missing it is skipped and says how to
/// get them.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RealRegistryTheoryAttribute : TheoryAttribute
{
    public RealRegistryTheoryAttribute() => Skip = RealBinaries.SkipReason;
}
