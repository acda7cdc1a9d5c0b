using System.Management.Automation;

namespace MirrorValidate.Shell.StandIns.Files;

/// <summary>Whether paths exist, in any provider.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Path")]
[OutputType(typeof(bool))]
public sealed class TestPathCommand : PSCmdlet
{
    /// <summary>The paths.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("LiteralPath")]
    public string[] Path { get; set; } = [];

    /// <summary><c>Container</c> for folders only, <c>Leaf</c> for files only.</summary>
    [Parameter]
    [ValidateSet("Any", "Container", "Leaf")]
    public string PathType { get; set; } = "Any";

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string path in Path)
        {
            bool exists = InvokeProvider.Item.Exists(path);
            WriteObject(exists && (PathType == "Any" || InvokeProvider.Item.IsContainer(path) == (PathType == "Container")));
        }
    }
}
