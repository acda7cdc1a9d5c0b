using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace MirrorValidate.PowerShell.Completion;

/// <summary>Completes the path of a store, also after the repository that it is bound to.</summary>
public sealed class StoreCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        string typed = (wordToComplete ?? "").Trim('\'', '"');
        int path = typed.IndexOf('=') + 1;
        return CompletionCompleters.CompleteFilename(typed[path..]).Select(one =>
            path == 0 ? one : After(typed[..path], one));
    }

    private static CompletionResult After(string repository, CompletionResult path)
    {
        string text = repository + path.CompletionText.Trim('\'', '"');
        bool isQuoted = path.CompletionText.Length > 0 && path.CompletionText[0] is '\'' or '"';
        return new CompletionResult(
            isQuoted ? $"'{text}'" : text, path.ListItemText, path.ResultType, path.ToolTip);
    }
}
