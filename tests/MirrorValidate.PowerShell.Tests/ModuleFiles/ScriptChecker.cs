using System.Management.Automation;
using System.Management.Automation.Language;
using MirrorValidate.PowerShell.Tests.Hosting;

namespace MirrorValidate.PowerShell.Tests.ModuleFiles;

/// <summary>
/// Finds what is wrong with a script without running it: syntax, commands that do not exist, parameters that they do not have, written
/// or splatted.
/// </summary>
/// <param name="shell">Has the engine's commands and the module's.</param>
/// <param name="library">Scripts whose functions are there as well.</param>
internal sealed class ScriptChecker(ModuleRunspace shell, params string[] library)
{
    /// <summary>Stands for the parameters of a function that passes on whatever it gets.</summary>
    private const string Anything = "*";

    private readonly Dictionary<string, HashSet<string>> _functions = library.SelectMany(FunctionsIn).ToDictionary(
        function => function.Name, ParametersOf, StringComparer.OrdinalIgnoreCase);

    /// <summary>The problems, one sentence each.</summary>
    internal IReadOnlyList<string> Check(string script)
    {
        ScriptBlockAst ast = Parser.ParseInput(script, out _, out ParseError[] errors);
        if (errors.Length > 0) return [.. errors.Select(error => $"{error.Message} in: {script}")];
        var own = FunctionsIn(script).Select(function => function.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return
        [
            .. ast.FindAll(node => node is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>()
                .Where(command => command.GetCommandName() is { } name && !own.Contains(name))
                .SelectMany(command => Check(command, ast)),
        ];
    }

    /// <summary>The names of the parameters of a script that is run as a command.</summary>
    internal static IReadOnlyCollection<string> ParametersOfScript(string script) =>
        [.. NamesOf(Parser.ParseInput(script, out _, out _).ParamBlock?.Parameters), .. Cmdlet.CommonParameters, .. Cmdlet.OptionalCommonParameters];

    private IEnumerable<string> Check(CommandAst command, ScriptBlockAst script)
    {
        string name = command.GetCommandName();
        if (ForeignCommands.Names.Contains(name)) return [];
        HashSet<string>? parameters = _functions.GetValueOrDefault(name) ?? ParametersOf(name);
        if (parameters is null) return [$"no command {name} in: {command.Extent.Text}"];
        if (parameters.Contains(Anything)) return [];
        HashSet<string> known = new([.. parameters, .. Cmdlet.CommonParameters, "?"], StringComparer.OrdinalIgnoreCase);
        return command.CommandElements.OfType<CommandParameterAst>().Select(used => used.ParameterName)
            .Concat(Splatted(command).SelectMany(variable => KeysOf(variable, script)))
            .Where(used => !known.Contains(used))
            .Select(used => $"no parameter -{used} of {name} in: {command.Extent.Text}");
    }

    private static IEnumerable<string> Splatted(CommandAst command) =>
        command.CommandElements.OfType<VariableExpressionAst>().Where(element => element.Splatted).Select(element => element.VariablePath.UserPath);

    // What can be seen without running the script: the keys of the tables that are assigned, and those that are set by their name.
    private static IEnumerable<string> KeysOf(string variable, ScriptBlockAst script)
    {
        bool IsIt(Ast node) => node is VariableExpressionAst used && used.VariablePath.UserPath.Equals(variable, StringComparison.OrdinalIgnoreCase);
        foreach (AssignmentStatementAst assignment in script.FindAll(node => node is AssignmentStatementAst, searchNestedScriptBlocks: true).Cast<AssignmentStatementAst>())
        {
            if (assignment.Left is IndexExpressionAst { Index: StringConstantExpressionAst key } index && IsIt(index.Target)) yield return key.Value;
            if (!IsIt(assignment.Left) || assignment.Right is not CommandExpressionAst { Expression: HashtableAst table }) continue;
            foreach (StringConstantExpressionAst name in table.KeyValuePairs.Select(pair => pair.Item1).OfType<StringConstantExpressionAst>()) yield return name.Value;
        }
    }

    private HashSet<string>? ParametersOf(string name)
    {
        if (name.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase))
            return ParametersOfRunbook(Path.GetFileName(name));
        Outcome outcome = shell.Run("Get-Command -Name $name", new Dictionary<string, object?> { ["name"] = name });
        if (outcome.Output is not [{ BaseObject: CommandInfo found }]) return null;
        CommandInfo? target = found is AliasInfo alias ? alias.ResolvedCommand : found;
        return target?.Parameters.Values
            .SelectMany(parameter => parameter.Aliases.Append(parameter.Name))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    private static HashSet<string>? ParametersOfRunbook(string name)
    {
        string file = Path.Combine(RepositoryFiles.Root, "docs", "runbooks", name);
        return File.Exists(file)
            ? ParametersOfScript(File.ReadAllText(file)).ToHashSet(StringComparer.OrdinalIgnoreCase)
            : null;
    }

    private static IEnumerable<FunctionDefinitionAst> FunctionsIn(string script) =>
        Parser.ParseInput(script, out _, out _).FindAll(node => node is FunctionDefinitionAst, searchNestedScriptBlocks: true).Cast<FunctionDefinitionAst>();

    private static HashSet<string> ParametersOf(FunctionDefinitionAst function) =>
        function.Body.Find(node => node is VariableExpressionAst { Splatted: true, VariablePath.UserPath: "args" }, searchNestedScriptBlocks: false) is null
            ? [.. NamesOf(function.Parameters ?? function.Body.ParamBlock?.Parameters)]
            : [Anything];

    private static string[] NamesOf(IEnumerable<ParameterAst>? parameters) => [.. (parameters ?? []).Select(parameter => parameter.Name.VariablePath.UserPath)];
}
