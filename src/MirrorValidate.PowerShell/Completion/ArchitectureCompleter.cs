using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace MirrorValidate.PowerShell.Completion;

/// <summary>Completes the architectures that container images are published for, the most common first.</summary>
public sealed class ArchitectureCompleter : IArgumentCompleter
{
    private static readonly string[] Names =
        ["amd64", "arm64", "arm", "386", "ppc64le", "s390x", "riscv64", "loong64", "mips64le", "*"];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        ArgumentChoices.Matching(
            Names.Select(name => (name, name == "*" ? SR.EveryArchitecture : name)), wordToComplete);
}
