using System.Management.Automation;

namespace MirrorValidate.Shell.StandIns.Files;

/// <summary>Changes the current location; home when no path is given.</summary>
[Cmdlet(VerbsCommon.Set, "Location")]
[OutputType(typeof(PathInfo))]
public sealed class SetLocationCommand : PSCmdlet
{
    /// <summary>Where to go.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [Alias("LiteralPath", "PSPath")]
    public string Path { get; set; } = "~";

    /// <summary>Writes the new location.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            PathInfo location = SessionState.Path.SetLocation(Path);
            if (PassThru)
                WriteObject(location);
        }
        catch (ItemNotFoundException exception)
        {
            WriteError(new ErrorRecord(exception, "PathNotFound", ErrorCategory.ObjectNotFound, Path));
        }
    }
}
