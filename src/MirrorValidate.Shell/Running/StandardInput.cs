using System.Management.Automation.Language;
using MirrorValidate.Shell.Hosting;

namespace MirrorValidate.Shell.Running;

/// <summary>Decides whether a script gets standard input as its <c>$input</c>.</summary>
internal static class StandardInput
{
    /// <summary>
    /// The lines of a redirected standard input for a script that takes pipeline input; null for any other, which leaves
    /// standard input to its prompts and to the programs that it starts.
    /// </summary>
    public static IEnumerable<string>? For(string script, ShellConsole console, PromptGate prompts)
    {
        if (console.IsInputTerminal || !TakesPipelineInput(script))
            return null;
        prompts.InputIsTaken = true;
        return Lines(console.Input);
    }

    private static bool TakesPipelineInput(string script)
    {
        ScriptBlockAst ast = Parser.ParseInput(script, out _, out _);
        return ast.ProcessBlock is not null
            || ast.Find(node => node is VariableExpressionAst { VariablePath.UserPath: var name }
                && name.Equals("input", StringComparison.OrdinalIgnoreCase), searchNestedScriptBlocks: true) is not null;
    }

    private static IEnumerable<string> Lines(TextReader reader)
    {
        while (reader.ReadLine() is string line)
            yield return line;
    }
}
