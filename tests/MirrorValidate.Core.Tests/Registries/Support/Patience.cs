namespace MirrorValidate.Core.Tests.Registries;

/// <summary>How long tests wait for what must come: much longer than it takes, and shorter than what would come instead.</summary>
internal static class Patience
{
    internal static readonly TimeSpan Long = TimeSpan.FromSeconds(60);
}
