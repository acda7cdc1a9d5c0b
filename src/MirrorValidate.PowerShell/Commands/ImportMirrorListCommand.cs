using System.Management.Automation;
using MirrorValidate.ImageLists;
using MirrorValidate.PowerShell.Errors;
using MirrorValidate.PowerShell.Inputs;

namespace MirrorValidate.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Reads image list files to entry objects.</para>
/// </summary>
[Cmdlet(VerbsData.Import, "MirrorList", DefaultParameterSetName = PathSet)]
[OutputType(typeof(MirrorImage))]
public sealed class ImportMirrorListCommand : PSCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    /// <summary>Image list files; wildcards are resolved.</summary>
    [Parameter(ParameterSetName = PathSet, Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Image list files, taken as they are written.</summary>
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var files = new ListFiles(this);
        bool isLiteral = ParameterSetName == LiteralPathSet;
        foreach (ImageListLine line in files.Resolve(isLiteral ? LiteralPath : Path, isLiteral).SelectMany(files.Read))
        {
            if (Stopping) return;
            ImageListEntry entry = ImageListEntry.Read(id: 0, line);
            if (entry.Error is { } error) WriteError(CommandErrors.InvalidLine(error));
            else WriteObject(entry.Image);
        }
    }
}
