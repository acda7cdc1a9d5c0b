using System.Management.Automation;
using MirrorValidate.ImageLists;
using MirrorValidate.PowerShell.Completion;

namespace MirrorValidate.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Saves what is needed of sources to validate their mirrors without them.</para>
/// </summary>
[Cmdlet(VerbsData.Save, "MirrorSource", DefaultParameterSetName = InputSet, SupportsShouldProcess = true)]
[OutputType(typeof(Stores.Saving.SavedSource))]
public sealed partial class SaveMirrorSourceCommand : RegistryCommand
{
    private const string InputSet = "Input";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private const string ImageSet = "Image";

    /// <summary>List lines, entries, earlier results, or objects with Source and Tag.</summary>
    [Parameter(ParameterSetName = InputSet, Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public PSObject? InputObject { get; set; }

    /// <summary>Image list files. Wildcards are allowed.</summary>
    [Parameter(ParameterSetName = PathSet, Mandatory = true, Position = 0)]
    [Alias("f")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Image list files. Wildcard characters are taken literally.</summary>
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The source image.</summary>
    [Parameter(ParameterSetName = ImageSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string Source { get; set; } = "";

    /// <summary>The tag.</summary>
    [Parameter(ParameterSetName = ImageSet, ValueFromPipelineByPropertyName = true)]
    public string? Tag { get; set; }

    /// <summary>The store to write: an archive if it ends with .tar, .tar.gz or .tgz, else a folder.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string StorePath { get; set; } = "";

    /// <summary>Also save referrers of the images, such as signatures and SBOMs.</summary>
    [Parameter]
    public SwitchParameter IncludeReferrer { get; set; }

    /// <summary>The registry that replaces that of every source.</summary>
    [Parameter]
    [Alias("s")]
    [ArgumentCompleter(typeof(RegistryCompleter))]
    [AllowEmptyString]
    public string? SourceRegistry { get; set; }

    /// <summary>The project that replaces that of every source.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? SourceProject { get; set; }

    /// <summary>The format of list files; the default is to detect it.</summary>
    [Parameter]
    public ImageListFormat Format { get; set; }

    /// <summary>
    /// Ask the source for the tags that a list does not name: expressions, version ranges, whole repositories.
    /// </summary>
    [Parameter]
    public SwitchParameter ResolveTag { get; set; }

    /// <summary>The number of images that are saved at once, 1 to 20.</summary>
    [Parameter]
    [Alias("j")]
    public int ThrottleLimit { get; set; } = 1;

    /// <summary>The credential for source registries.</summary>
    [Parameter]
    [Credential]
    public PSCredential? SourceCredential { get; set; }

    /// <summary>The file that log lines of all levels are appended to.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? LogPath { get; set; }
}
