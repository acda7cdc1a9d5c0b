using System.Management.Automation;

namespace MirrorValidate.Shell.StandIns.Prompts;

/// <summary>Asks for a user and a password.</summary>
[Cmdlet(VerbsCommon.Get, "Credential")]
[OutputType(typeof(PSCredential))]
public sealed class GetCredentialCommand : PSCmdlet
{
    /// <summary>The user, asked for when not given.</summary>
    [Parameter(Position = 0)]
    [Alias("Credential")]
    public string UserName { get; set; } = "";

    /// <summary>What to say first.</summary>
    [Parameter]
    public string Message { get; set; } = "Enter your credentials.";

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        WriteObject(Host.UI.PromptForCredential("PowerShell credential request", Message, UserName, ""));
}
