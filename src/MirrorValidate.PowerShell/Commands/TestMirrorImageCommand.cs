using System.Management.Automation;
using MirrorValidate.ImageLists;
using MirrorValidate.PowerShell.Completion;
using MirrorValidate.PowerShell.Settings;
using MirrorValidate.Validation;

namespace MirrorValidate.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Validates mirrored container images.</para>
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "MirrorImage", DefaultParameterSetName = InputSet)]
[Alias("mirror-validate")]
[OutputType(typeof(MirrorImageResult), ParameterSetName = [InputSet, PathSet, LiteralPathSet, ImageSet])]
[OutputType(typeof(bool))]
public sealed partial class TestMirrorImageCommand : PlatformCommand
{
    private const string InputSet = "Input";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private const string ImageSet = "Image";

    /// <summary>List lines, entries, earlier results, or objects with Source, Destination and Tag.</summary>
    [Parameter(ParameterSetName = InputSet, ValueFromPipeline = true)]
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

    /// <summary>The destination image.</summary>
    [Parameter(ParameterSetName = ImageSet, ValueFromPipelineByPropertyName = true)]
    public string? Destination { get; set; }

    /// <summary>The tag.</summary>
    [Parameter(ParameterSetName = ImageSet, ValueFromPipelineByPropertyName = true)]
    public string? Tag { get; set; }

    /// <summary>The registry that replaces that of every source.</summary>
    [Parameter]
    [Alias("s")]
    [ArgumentCompleter(typeof(RegistryCompleter))]
    [AllowEmptyString]
    public string? SourceRegistry { get; set; }

    /// <summary>The registry that replaces that of every destination.</summary>
    [Parameter]
    [Alias("d")]
    [ArgumentCompleter(typeof(RegistryCompleter))]
    [AllowEmptyString]
    public string? DestinationRegistry { get; set; }

    /// <summary>The format of list files; the default is to detect it.</summary>
    [Parameter]
    public ImageListFormat Format { get; set; }

    /// <summary>
    /// Ask the source for the tags that a list does not name: expressions, version ranges, whole repositories.
    /// </summary>
    [Parameter]
    public SwitchParameter ResolveTag { get; set; }

    /// <summary>
    /// Files that say where single references were mirrored to: OpenShift's mirror sets or registries.conf. Wildcards
    /// are allowed.
    /// </summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] RegistryMap { get; set; } = [];

    /// <summary>The number of images that are validated at once, 1 to 20.</summary>
    [Parameter]
    [Alias("j")]
    public int ThrottleLimit { get; set; } = 1;

    /// <summary>The file for the entries that did not pass.</summary>
    [Parameter]
    [Alias("o")]
    [ValidateNotNullOrEmpty]
    public string FailedListPath { get; set; } = "mirror-validate-failed.txt";

    /// <summary>Do not write a failed list.</summary>
    [Parameter]
    public SwitchParameter NoFailedList { get; set; }

    /// <summary>The rule that source and destination are compared by.</summary>
    [Parameter]
    public ComparisonMode Comparison { get; set; }

    /// <summary>How deeply the destination is checked.</summary>
    [Parameter]
    public ValidationDepth Depth { get; set; } = ValidationDepth.Manifest;

    /// <summary>Find the cause of differences, with additional requests for images that failed.</summary>
    [Parameter]
    public SwitchParameter Explain { get; set; }

    /// <summary>The attestations in the source's index must be at the destination, for the images compared.</summary>
    [Parameter]
    public SwitchParameter IncludeAttestation { get; set; }

    /// <summary>Referrers of the images compared, such as signatures and SBOMs, must be at the destination.</summary>
    [Parameter]
    public SwitchParameter IncludeReferrer { get; set; }

    /// <summary>The project that replaces that of every source.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? SourceProject { get; set; }

    /// <summary>The project that replaces that of every destination.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? DestinationProject { get; set; }

    /// <summary>The project of destinations that have none; empty for none.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? DefaultProject { get; set; } = "library";

    /// <summary>The credential for source registries.</summary>
    [Parameter]
    [Credential]
    public PSCredential? SourceCredential { get; set; }

    /// <summary>The credential for destination registries.</summary>
    [Parameter]
    [Credential]
    public PSCredential? DestinationCredential { get; set; }

    /// <summary>The file that each result is appended to, as a JSON line, the moment it is known.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ResultPath { get; set; }

    /// <summary>Do not validate again what has passed in the result file.</summary>
    [Parameter]
    public SwitchParameter Resume { get; set; }

    /// <summary>How old a result may be that is not validated again.</summary>
    [Parameter]
    [AgeTransformation]
    public TimeSpan ProofAge { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Begin an existing result file anew.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>The part of the entries to validate, I/N: the first of four is 1/4.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Shard { get; set; }

    /// <summary>The file that log lines of all levels are appended to.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? LogPath { get; set; }

    /// <summary>Return one Boolean for the whole run instead of results.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>Return results in list order instead of completion order.</summary>
    [Parameter]
    public SwitchParameter PreserveOrder { get; set; }
}
