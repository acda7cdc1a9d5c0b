using System.Management.Automation;
using System.Management.Automation.Language;
using MirrorValidate.PowerShell.Tests.Hosting;

namespace MirrorValidate.PowerShell.Tests.ModuleFiles;

/// <summary>Finds what is wrong with a script without running it: syntax, commands that do not exist, parameters that they do not have.</summary>
internal sealed class ScriptChecker(ModuleRunspace shell)
{
    // What pwsh has and the engine alone has not, with the parameters that our scripts and examples use.
    private static readonly Dictionary<string, string[]> s_pwshCommands = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Copy-Item"] = ["Path", "Destination", "Recurse"],
        ["Export-Csv"] = ["Path"],
        ["Format-List"] = [],
        ["Format-Table"] = ["View"],
        ["Get-Content"] = ["Path", "Raw"],
        ["Get-Credential"] = [],
        ["Group-Object"] = ["NoElement"],
        ["Import-Csv"] = ["Path"],
        ["Import-PowerShellDataFile"] = ["Path"],
        ["Invoke-Pester"] = ["Path", "PassThru"],
        ["Invoke-ScriptAnalyzer"] = ["Path", "Recurse"],
        ["Join-Path"] = [],
        ["New-Item"] = ["ItemType", "Path"],
        ["Out-Host"] = [],
        ["Remove-Item"] = ["Recurse"],
        ["Select-Object"] = ["ExpandProperty", "First", "Property"],
        ["Set-Content"] = ["NoNewline", "Path"],
        ["Test-Path"] = [],
        ["Write-Verbose"] = [],
        ["Write-Warning"] = [],
    };

    private static readonly HashSet<string> s_programs = new(StringComparer.OrdinalIgnoreCase) { "dotnet", "skopeo" };

    /// <summary>The problems, one sentence each.</summary>
    internal IReadOnlyList<string> Check(string script)
    {
        ScriptBlockAst ast = Parser.ParseInput(script, out _, out ParseError[] errors);
        if (errors.Length > 0) return [.. errors.Select(error => $"{error.Message} in: {script}")];
        var own = ast.FindAll(node => node is FunctionDefinitionAst, searchNestedScriptBlocks: true).Cast<FunctionDefinitionAst>()
            .Select(function => function.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return
        [
            .. ast.FindAll(node => node is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>()
                .Where(command => command.GetCommandName() is { } name && !own.Contains(name))
                .SelectMany(Check),
        ];
    }

    private IEnumerable<string> Check(CommandAst command)
    {
        string name = command.GetCommandName();
        if (s_programs.Contains(name)) return [];
        IReadOnlyCollection<string>? parameters = s_pwshCommands.TryGetValue(name, out string[]? known) ? known : ParametersOf(name);
        if (parameters is null) return [$"no command {name} in: {command.Extent.Text}"];
        IEnumerable<string> common = [.. Cmdlet.CommonParameters, "?"];
        return command.CommandElements.OfType<CommandParameterAst>()
            .Where(used => !parameters.Concat(common).Contains(used.ParameterName, StringComparer.OrdinalIgnoreCase))
            .Select(used => $"no parameter -{used.ParameterName} of {name} in: {command.Extent.Text}");
    }

    private HashSet<string>? ParametersOf(string name)
    {
        Outcome outcome = shell.Run("Get-Command -Name $name", new Dictionary<string, object?> { ["name"] = name });
        if (outcome.Output is not [{ BaseObject: CommandInfo found }]) return null;
        CommandInfo? target = found is AliasInfo alias ? alias.ResolvedCommand : found;
        return target?.Parameters.Values
            .SelectMany(parameter => parameter.Aliases.Append(parameter.Name))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
    }
}
