using System.Management.Automation;

namespace MirrorValidate.Shell.StandIns.Prompts;

/// <summary>Asks for a line.</summary>
[Cmdlet(VerbsCommunications.Read, "Host")]
[OutputType(typeof(string), typeof(System.Security.SecureString))]
public sealed class ReadHostCommand : PSCmdlet
{
    /// <summary>What to ask.</summary>
    [Parameter(Position = 0)]
    public string? Prompt { get; set; }

    /// <summary>Hides what is typed, and writes it as a secure string.</summary>
    [Parameter]
    public SwitchParameter AsSecureString { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Prompt is not null)
            Host.UI.Write(Prompt + ": ");
        if (AsSecureString)
            WriteObject(Host.UI.ReadLineAsSecureString());
        else
            WriteObject(Host.UI.ReadLine());
    }
}
