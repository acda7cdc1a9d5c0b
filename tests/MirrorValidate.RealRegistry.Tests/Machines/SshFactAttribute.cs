using MirrorValidate.RealRegistry.Tests.Fixtures;

namespace MirrorValidate.RealRegistry.Tests.Machines;

/// <summary>A test that needs sshd. If it is missing the test is skipped and says how to get it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SshFactAttribute : FactAttribute
{
    public SshFactAttribute() => Skip = RealBinaries.SshSkipReason;
}
