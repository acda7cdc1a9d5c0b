using System.Management.Automation;

namespace MirrorValidate.Shell.StandIns.Files;

/// <summary>Deletes items, in any provider.</summary>
[Cmdlet(VerbsCommon.Remove, "Item", SupportsShouldProcess = true)]
public sealed class RemoveItemCommand : PSCmdlet
{
    /// <summary>The items.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("LiteralPath")]
    public string[] Path { get; set; } = [];

    /// <summary>Deletes folders with what they hold.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string path in Path)
        {
            try
            {
                if (!InvokeProvider.Item.Exists(path))
                    throw new ItemNotFoundException($"Cannot find path '{path}' because it does not exist.");
                if (ShouldProcess(path))
                    InvokeProvider.Item.Remove(path, Recurse);
            }
            catch (ItemNotFoundException exception)
            {
                WriteError(new ErrorRecord(exception, "PathNotFound", ErrorCategory.ObjectNotFound, path));
            }
        }
    }
}
