namespace MirrorValidate.RealRegistry.Tests.Fixtures;

/// <summary>
/// A test that needs the programs of <see cref="RealBinaries"/>. If they are missing it is skipped and says how to get
/// them.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RealRegistryFactAttribute : FactAttribute
{
    public RealRegistryFactAttribute() => Skip = RealBinaries.SkipReason;
}
