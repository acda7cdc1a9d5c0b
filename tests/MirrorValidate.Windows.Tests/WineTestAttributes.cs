using MirrorValidate.Windows.Tests.Wine;
using Xunit.Sdk;

namespace MirrorValidate.Windows.Tests;

/// <summary>A test that needs Wine. Without it, it is skipped and says how to get it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class WineFactAttribute : FactAttribute
{
    /// <summary>Marks the test.</summary>
    public WineFactAttribute() => Skip = WinePrefix.SkipReason;
}

/// <summary>A test with data that needs Wine. Without it, it is skipped and says how to get it.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Xunit.Sdk.SkippableTheoryDiscoverer", "Xunit.SkippableFact")]
public sealed class WineTheoryAttribute : TheoryAttribute
{
    /// <summary>Marks the test.</summary>
    public WineTheoryAttribute() => Skip = WinePrefix.SkipReason;
}
