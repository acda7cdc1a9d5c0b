using System.Management.Automation;

namespace MirrorValidate.PowerShell.Tests.Hosting;

/// <summary>
/// Passes the first object on and ends the pipeline as <c>Select-Object -First 1</c> does, which is not in the engine's own assembly:
/// by the exception that the engine keeps for it.
/// </summary>
[Cmdlet(VerbsCommon.Select, "FirstObject")]
public sealed class SelectFirstObjectCommand : PSCmdlet
{
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    protected override void ProcessRecord()
    {
        WriteObject(InputObject);
        Type type = typeof(PSCmdlet).Assembly.GetType("System.Management.Automation.StopUpstreamCommandsException", throwOnError: true)!;
        throw (Exception)Activator.CreateInstance(type, this)!;
    }
}
