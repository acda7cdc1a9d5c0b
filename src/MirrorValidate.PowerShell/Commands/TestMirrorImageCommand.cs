using System.Management.Automation;
using MirrorValidate.PowerShell.Completion;
using MirrorValidate.Validation;

namespace MirrorValidate.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Validates that mirrored container images are right.</para>
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "MirrorImage", DefaultParameterSetName = InputSet)]
[Alias("mirror-validate")]
[OutputType(typeof(MirrorImageResult), ParameterSetName = [InputSet, PathSet, LiteralPathSet, ImageSet])]
[OutputType(typeof(bool))]
public sealed partial class TestMirrorImageCommand : RegistryCommand
{
    private const string InputSet = "Input";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private const string ImageSet = "Image";

    /// <summary>What to validate: list lines, entries, earlier results, objects with Source, Destination and Tag.</summary>
    [Parameter(ParameterSetName = InputSet, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public PSObject? InputObject { get; set; }

    /// <summary>Image list files; wildcards are resolved.</summary>
    [Parameter(ParameterSetName = PathSet, Mandatory = true, Position = 0)]
    [Alias("f")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Image list files, taken as they are written.</summary>
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

    /// <summary>The registry that replaces every source's.</summary>
    [Parameter]
    [Alias("s")]
    [ArgumentCompleter(typeof(RegistryCompleter))]
    [AllowEmptyString]
    public string? SourceRegistry { get; set; }

    /// <summary>The registry that replaces every destination's.</summary>
    [Parameter]
    [Alias("d")]
    [ArgumentCompleter(typeof(RegistryCompleter))]
    [AllowEmptyString]
    public string? DestinationRegistry { get; set; }

    /// <summary>The architectures to compare; * compares everything.</summary>
    [Parameter]
    [Alias("a")]
    [ArgumentCompleter(typeof(ArchitectureCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Architecture { get; set; } = ["amd64", "arm64"];

    /// <summary>How many images are validated at once.</summary>
    [Parameter]
    [Alias("j")]
    public int ThrottleLimit { get; set; } = 1;

    /// <summary>The list of the entries that did not pass.</summary>
    [Parameter]
    [Alias("o")]
    [ValidateNotNullOrEmpty]
    public string FailedListPath { get; set; } = "mirror-validate-failed.txt";

    /// <summary>Write no list of the entries that did not pass.</summary>
    [Parameter]
    public SwitchParameter NoFailedList { get; set; }

    /// <summary>What must be equal.</summary>
    [Parameter]
    public ComparisonMode Comparison { get; set; }

    /// <summary>How deep the destination is looked into.</summary>
    [Parameter]
    public ValidationDepth Depth { get; set; } = ValidationDepth.Manifest;

    /// <summary>Look into what differs, with requests of its own for what failed.</summary>
    [Parameter]
    public SwitchParameter Explain { get; set; }

    /// <summary>The attestations that the source's index holds of the compared images must be at the destination.</summary>
    [Parameter]
    public SwitchParameter IncludeAttestation { get; set; }

    /// <summary>What refers to what is compared, signatures and SBOMs among it, must be at the destination.</summary>
    [Parameter]
    public SwitchParameter IncludeReferrer { get; set; }

    /// <summary>The project put before a destination that has none.</summary>
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

    /// <summary>A file that the log of all levels is appended to.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? LogPath { get; set; }

    /// <summary>Return one Boolean for the whole run.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>Return results in list order instead of completion order.</summary>
    [Parameter]
    public SwitchParameter PreserveOrder { get; set; }
}
