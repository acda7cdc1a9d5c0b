using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MirrorValidate.References;
using MirrorValidate.Registries.Authentication;

namespace MirrorValidate.PowerShell.Completion;

/// <summary>
/// Completes names of registries: those in the image list of the command line, then those with a login, then Docker
/// Hub.
/// </summary>
public sealed class RegistryCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        ArgumentNullException.ThrowIfNull(fakeBoundParameters);
        IEnumerable<(string, string)> choices =
        [
            .. ListedRegistries.Of(fakeBoundParameters, parameterName).Select(name => (name, SR.RegistryInList)),
            .. CredentialFile.Defaults().SelectMany(NamesIn).Select(name => (name, SR.RegistryWithLogin)),
            (RegistryHost.DockerHub.Name, RegistryHost.DockerHub.Name),
        ];
        return ArgumentChoices.Matching(choices, wordToComplete);
    }

    private static IEnumerable<string> NamesIn(CredentialFile file)
    {
        try
        {
            return [.. file.GetRegistries().Select(host => host.Name).Order(StringComparer.OrdinalIgnoreCase)];
        }
        catch (CredentialException)
        {
            // Completion shows no errors; the command will.
            return [];
        }
    }
}
