using System.Management.Automation;
using System.Security;

namespace MirrorValidate.Shell.StandIns.Prompts;

/// <summary>Turns a text that a script already has, from its environment say, into a secure string.</summary>
[Cmdlet(VerbsData.ConvertTo, "SecureString")]
[OutputType(typeof(SecureString))]
public sealed class ConvertToSecureStringCommand : PSCmdlet
{
    /// <summary>The text.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("String")]
    public string Text { get; set; } = "";

    /// <summary>Says that the text is not encrypted, which is the only kind that can be read here.</summary>
    [Parameter(Mandatory = true)]
    public SwitchParameter AsPlainText { get; set; }

    /// <summary>Accepted as pwsh does.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        SecureString secret = new();
        foreach (char character in Text)
            secret.AppendChar(character);
        secret.MakeReadOnly();
        WriteObject(secret);
    }
}
