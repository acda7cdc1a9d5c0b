namespace MirrorValidate.RealRegistry.Tests.Fixtures;

/// <summary>A theory that needs the programs of <see cref="RealBinaries"/>; skipped, with the way to get them, where they are missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RealRegistryTheoryAttribute : TheoryAttribute
{
    public RealRegistryTheoryAttribute() => Skip = RealBinaries.SkipReason;
}
