namespace MirrorValidate.PowerShell.Tests.ModuleFiles;

/// <summary>
/// Commands of Pester, of PSScriptAnalyzer, of Windows and outside PowerShell that our scripts use; their parameters
/// are not looked at.
/// </summary>
internal static class ForeignCommands
{
    internal static IReadOnlySet<string> Names { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        "AfterAll", "AfterEach", "BeforeAll", "BeforeDiscovery", "BeforeEach", "Describe", "It", "Should", "Invoke-Pester", "New-PesterConfiguration",
        "Invoke-ScriptAnalyzer", "New-ScheduledTaskAction", "New-ScheduledTaskTrigger", "Register-ScheduledTask",
        "dotnet", "skopeo", "ssh",
    };
}
