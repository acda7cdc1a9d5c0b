using System.Management.Automation;

namespace MirrorValidate.Shell.StandIns.Files;

/// <summary>What folders hold, in any provider.</summary>
[Cmdlet(VerbsCommon.Get, "ChildItem")]
public sealed class GetChildItemCommand : PSCmdlet
{
    /// <summary>Folders, files, wildcards.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [Alias("LiteralPath")]
    public string[] Path { get; set; } = ["."];

    /// <summary>Goes down into folders.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string path in Path)
        {
            try
            {
                WriteObject(InvokeProvider.ChildItem.Get(path, Recurse), enumerateCollection: true);
            }
            catch (ItemNotFoundException exception)
            {
                WriteError(new ErrorRecord(exception, "PathNotFound", ErrorCategory.ObjectNotFound, path));
            }
        }
    }
}
