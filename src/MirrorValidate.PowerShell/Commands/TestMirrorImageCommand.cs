using System.Management.Automation;
using MirrorValidate.ImageLists;
using MirrorValidate.PowerShell.Errors;
using MirrorValidate.PowerShell.Inputs;
using MirrorValidate.PowerShell.Pipeline;
using MirrorValidate.PowerShell.Settings;
using MirrorValidate.References;
using MirrorValidate.Registries;
using MirrorValidate.Registries.Authentication;
using MirrorValidate.Validation;

namespace MirrorValidate.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Validates that mirrored container images are right.</para>
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "MirrorImage", DefaultParameterSetName = InputSet)]
[Alias("mirror-validate")]
[OutputType(typeof(MirrorImageResult), ParameterSetName = [InputSet, PathSet, LiteralPathSet, ImageSet])]
[OutputType(typeof(bool))]
public sealed class TestMirrorImageCommand : RegistryCommand<MirrorImageResult>
{
    private const string InputSet = "Input";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private const string ImageSet = "Image";
    private const int MaximumThrottleLimit = 20;

    private readonly EntryReader _reader;
    private readonly ListFiles _files;
    private ValidationRun? _run;
    private int _throttle = 1;

    /// <summary>Makes the command.</summary>
    public TestMirrorImageCommand()
    {
        _files = new ListFiles(this);
        _reader = new EntryReader(file => _run!.NoteInput(file));
    }

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
    [AllowEmptyString]
    public string? SourceRegistry { get; set; }

    /// <summary>The registry that replaces every destination's.</summary>
    [Parameter]
    [Alias("d")]
    [AllowEmptyString]
    public string? DestinationRegistry { get; set; }

    /// <summary>The architectures to compare; * compares everything.</summary>
    [Parameter]
    [Alias("a")]
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

    /// <summary>Return one Boolean for the whole run.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>Return results in list order instead of completion order.</summary>
    [Parameter]
    public SwitchParameter PreserveOrder { get; set; }

    private protected override int Concurrency => _throttle;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _throttle = Math.Clamp(ThrottleLimit, 1, MaximumThrottleLimit);
        if (_throttle != ThrottleLimit) WriteWarning($"ThrottleLimit {ThrottleLimit} is outside 1 to {MaximumThrottleLimit}; using {_throttle}.");
        base.BeginProcessing();
        IReadOnlyList<CredentialFile> files = CredentialFile.Defaults();
        var validator = new MirrorValidator(
            Session.CreateClient(RegistrySide.Source, CredentialSources.Create(SourceCredential, nameof(SourceCredential), "SOURCE", files)),
            Session.CreateClient(RegistrySide.Destination, CredentialSources.Create(DestinationCredential, nameof(DestinationCredential), "DEST", files)),
            ReadOptions(),
            Log);
        _run = new ValidationRun(
            this,
            Pump,
            validator,
            new ResultSequence(PreserveOrder, _throttle),
            FailedListWriter.Begin(this, FailedListPath, NoFailedList),
            Quiet);
        _run.Announce();
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case PathSet:
                ValidateFiles(_files.Resolve(Path, isLiteral: false));
                break;
            case LiteralPathSet:
                ValidateFiles(_files.Resolve(LiteralPath, isLiteral: true));
                break;
            case ImageSet:
                _run!.Validate(_reader.Read(Source, Destination, Tag));
                break;
            case InputSet when !MyInvocation.ExpectingInput && !MyInvocation.BoundParameters.ContainsKey(nameof(InputObject)):
                ValidateInteractively();
                break;
            default:
                ValidateObject(InputObject);
                break;
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => _run!.Complete(_files.ReadAll);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing) _run?.Dispose();
    }

    private protected override void WriteResult(MirrorImageResult result) => _run!.Write(result);

    private ValidationOptions ReadOptions() => new()
    {
        Mirror = new MirrorSettings
        {
            SourceRegistry = Registry(SourceRegistry, nameof(SourceRegistry), "SOURCE_REGISTRY"),
            DestinationRegistry = Registry(DestinationRegistry, nameof(DestinationRegistry), "DEST_REGISTRY"),
            DefaultProject = Project((DefaultProject ?? "").Trim('/')),
        },
        Architectures = ParseArchitectures(Architecture),
        Comparison = Comparison,
        Timeout = TimeSpan.FromSeconds(TimeoutSec),
    };

    private RegistryHost? Registry(string? given, string parameter, string variable)
    {
        string? name = given ?? Environment.GetEnvironmentVariable(variable);
        return string.IsNullOrEmpty(name) ? null : ParseHost(name, given is null ? $"environment variable {variable}" : $"-{parameter}");
    }

    private string Project(string name)
    {
        try
        {
            // A project is the start of a path, not a host, whatever it looks like.
            if (name.Length > 0) ImageName.Parse($"localhost/{name}/image");
        }
        catch (FormatException e)
        {
            ThrowTerminatingError(CommandErrors.InvalidProject(name, e));
        }

        return name;
    }

    private void ValidateFiles(IEnumerable<string> paths)
    {
        foreach (string path in paths)
        {
            _run!.NoteInput(path);
            foreach (ImageListLine line in _files.Read(_run.Locate(path)))
            {
                if (_run.IsStopped) return;
                _run.Validate(_reader.Read(line));
            }
        }
    }

    private void ValidateObject(PSObject? input)
    {
        foreach (ImageListEntry entry in _reader.Read(input))
        {
            if (_run!.IsStopped) return;
            _run.Validate(entry);
        }
    }

    private void ValidateInteractively()
    {
        foreach (string line in InteractivePrompt.ReadLines(this))
        {
            ValidateObject(PSObject.AsPSObject(line));
            _run!.Drain();
        }
    }
}
