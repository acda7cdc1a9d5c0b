using System.Management.Automation;
using MirrorValidate.Shell.StandIns.Files;

namespace MirrorValidate.Shell.StandIns.Data;

/// <summary>Writes objects to a file so that <c>Import-Clixml</c> can bring them back.</summary>
[Cmdlet(VerbsData.Export, "Clixml")]
public sealed class ExportClixmlCommand : PSCmdlet
{
    private readonly List<PSObject?> _objects = [];

    /// <summary>The objects.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>The file.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("LiteralPath")]
    public string Path { get; set; } = "";

    /// <summary>The levels below the objects that are kept, where their types do not say how many.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Depth { get; set; } = 2;

    /// <inheritdoc/>
    protected override void ProcessRecord() => _objects.Add(InputObject);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        using StreamWriter writer = FilePaths.OpenWriter(this, Path, append: false);
        // Several objects are the elements of one list, which takes a level of its own.
        writer.Write(_objects.Count == 1
            ? PSSerializer.Serialize(_objects[0], Depth)
            : PSSerializer.Serialize(_objects.ToArray(), Depth + 1));
    }
}
