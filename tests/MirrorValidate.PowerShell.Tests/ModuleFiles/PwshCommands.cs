namespace MirrorValidate.PowerShell.Tests.ModuleFiles;

/// <summary>What pwsh, Pester and PSScriptAnalyzer have and the engine alone has not, as far as our scripts and examples use it.</summary>
internal static class PwshCommands
{
    /// <summary>Stands for the parameters of a command that are not looked at.</summary>
    internal const string Anything = "*";

    private static readonly Dictionary<string, string[]> s_parameters = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ConvertFrom-Json"] = [],
        ["ConvertTo-Json"] = ["Depth"],
        ["Copy-Item"] = ["Path", "Destination", "Recurse"],
        ["Export-Clixml"] = [],
        ["Export-Csv"] = ["Path"],
        ["Format-List"] = ["Property"],
        ["Format-Table"] = ["View"],
        ["Get-ChildItem"] = [],
        ["Get-Content"] = ["Path", "Raw"],
        ["Get-Credential"] = [],
        ["Get-Item"] = ["Path"],
        ["Get-Verb"] = [],
        ["Group-Object"] = ["NoElement"],
        ["Import-Clixml"] = [],
        ["Import-Csv"] = ["Path"],
        ["Import-PowerShellDataFile"] = ["Path"],
        ["Invoke-Pester"] = ["Configuration"],
        ["Invoke-ScriptAnalyzer"] = ["ExcludeRule", "Path", "Recurse"],
        ["Join-Path"] = [],
        ["Measure-Object"] = ["Sum"],
        ["New-Item"] = ["Force", "ItemType", "Path"],
        ["New-PesterConfiguration"] = [],
        ["Out-Host"] = [],
        ["Out-String"] = ["Width"],
        ["Pop-Location"] = ["StackName"],
        ["Push-Location"] = ["LiteralPath", "StackName"],
        ["Remove-Item"] = ["Recurse"],
        ["Select-Object"] = ["ExpandProperty", "First", "Last", "Property"],
        ["Set-Content"] = ["Encoding", "LiteralPath", "NoNewline", "Path"],
        ["Sort-Object"] = ["Property"],
        ["Split-Path"] = [],
        ["Test-Path"] = [],
        ["Write-Error"] = ["ErrorRecord"],
        ["Write-Verbose"] = [],
        ["Write-Warning"] = [],
        ["AfterAll"] = [Anything],
        ["AfterEach"] = [Anything],
        ["BeforeAll"] = [Anything],
        ["BeforeDiscovery"] = [Anything],
        ["BeforeEach"] = [Anything],
        ["Describe"] = [Anything],
        ["It"] = [Anything],
        ["Should"] = [Anything],
    };

    /// <summary>Programs, whose arguments are not looked at.</summary>
    internal static IReadOnlySet<string> Programs { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "dotnet", "skopeo" };

    /// <summary>The parameters that are used of a command; <see langword="null"/> for a command that is not among these.</summary>
    internal static IReadOnlyCollection<string>? ParametersOf(string command) => s_parameters.GetValueOrDefault(command);
}
