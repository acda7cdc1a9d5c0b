using System.Management.Automation;
using MirrorValidate.ImageLists;
using MirrorValidate.PowerShell.Errors;
using MirrorValidate.PowerShell.Inputs;
using MirrorValidate.References;

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
    private const string Transport = "docker://";

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

    /// <summary>How the files are written.</summary>
    [Parameter]
    public ImageListFormat Format { get; set; }

    /// <summary>Where single references were copied to.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    /// <summary>Keep the whole name of a single reference under the destination.</summary>
    [Parameter]
    public SwitchParameter Scoped { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (Destination is null) return;
        try
        {
            string place = Destination.StartsWith(Transport, StringComparison.Ordinal) ? Destination[Transport.Length..] : Destination;
            Destination = place.TrimEnd('/');
            if (ImageName.Parse($"{Destination}/image") is not { Host: not null, Tag: null, Digest: null }) throw new FormatException(SR.NoRegistry);
        }
        catch (FormatException e)
        {
            ThrowTerminatingError(CommandErrors.InvalidDestination(Destination, e));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var files = new ListFiles(this);
        bool isLiteral = ParameterSetName == LiteralPathSet;
        foreach (ImageListEntry read in files.Resolve(isLiteral ? LiteralPath : Path, isLiteral).SelectMany(path => files.Read(path, Format)))
        {
            if (Stopping) return;
            ImageListEntry entry = read.Image is { } image && Destination is not null
                ? ImageListEntry.Read(read.Id, read.Origin, () => image.CopiedTo(Destination, Scoped))
                : read;
            if (entry.Error is { } error) WriteError(CommandErrors.InvalidLine(error));
            else WriteObject(entry.Image);
        }
    }
}
