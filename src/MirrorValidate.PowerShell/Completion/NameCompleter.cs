using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace MirrorValidate.PowerShell.Completion;

/// <summary>Completes names from a fixed list, the most common first; <c>*</c> is the last.</summary>
/// <param name="names">The names.</param>
public abstract class NameCompleter(params string[] names) : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) => ArgumentChoices.Matching(
            names.Select(name => (name, name)).Append(("*", SR.EveryEntry)), wordToComplete);
}
