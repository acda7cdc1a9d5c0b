using System.Management.Automation;
using MirrorValidate.ImageLists;
using MirrorValidate.ImageLists.Expansion;
using MirrorValidate.ImageLists.RegistryMaps;
using MirrorValidate.PowerShell.Errors;
using MirrorValidate.PowerShell.Inputs;
using MirrorValidate.PowerShell.Settings;
using MirrorValidate.References;
using MirrorValidate.Registries;
using MirrorValidate.Registries.Authentication;

namespace MirrorValidate.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Reads image list files as entry objects.</para>
/// </summary>
[Cmdlet(VerbsData.Import, "MirrorList", DefaultParameterSetName = PathSet)]
[OutputType(typeof(MirrorImage))]
public sealed class ImportMirrorListCommand : RegistryCommand
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private const string Transport = "docker://";

    // Set by BeginProcessing if -ResolveTag and -RegistryMap are given.
    private TagExpansion? _tags;
    private RegistryMap? _registryMap;

    /// <summary>Image list files. Wildcards are allowed.</summary>
    [Parameter(
        ParameterSetName = PathSet,
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Image list files. Wildcard characters are taken literally.</summary>
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The format of the files; the default is to detect it.</summary>
    [Parameter]
    public ImageListFormat Format { get; set; }

    /// <summary>The registry and path that single references were copied to, <c>registry[/path]</c>.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    /// <summary>
    /// Single references keep their full name under the destination, as with <c>skopeo sync --scoped</c>.
    /// </summary>
    [Parameter]
    public SwitchParameter Scoped { get; set; }

    /// <summary>
    /// Files that say where single references were mirrored to: OpenShift's mirror sets or registries.conf. Wildcards
    /// are allowed.
    /// </summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] RegistryMap { get; set; } = [];

    /// <summary>
    /// Ask the source for the tags that a list does not name: expressions, version ranges, whole repositories.
    /// </summary>
    [Parameter]
    public SwitchParameter ResolveTag { get; set; }

    /// <summary>The credential for the registries that are asked for tags.</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (ResolveTag) _tags = new TagExpansion(Pipeline, CreateExpander());
        _registryMap = this.ReadRegistryMap(RegistryMap);
        if (Destination is null) return;
        if (Destination.StartsWith(Transport, StringComparison.Ordinal)) Destination = Destination[Transport.Length..];
        Destination = Destination.TrimEnd('/');
        try
        {
            if (ImageName.Parse($"{Destination}/image") is not { Host: not null, Tag: null, Digest: null })
                throw new FormatException(SR.NoRegistry);
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
        IEnumerable<string> paths = files.Resolve(isLiteral ? LiteralPath : Path, isLiteral);
        IEnumerable<ImageListEntry> entries = paths.SelectMany(path => files.Read(path, Format));
        if (_tags is not null) entries = entries.SelectMany(_tags.Expand);
        foreach (ImageListEntry entry in entries.SelectMany(Place))
        {
            if (Stopping) return;
            if (entry.Error is { } error) WriteError(CommandErrors.InvalidLine(error));
            else WriteObject(entry.Image);
        }
    }

    private TagExpander CreateExpander()
    {
        CredentialChain credentials = CredentialSources.Create(
            Credential, nameof(Credential), "SOURCE", CredentialFile.Defaults());
        RegistryClient client = Session.CreateClient(RegistrySide.Source, credentials);
        return new TagExpander(client, new MirrorSettings(), Log, TimeSpan.FromSeconds(TimeoutSec));
    }

    // Gives single references a destination, where the parameters say one.
    private IReadOnlyList<ImageListEntry> Place(ImageListEntry entry)
    {
        if (_registryMap is not null) return _registryMap.Apply(entry);
        return entry.Image is { } image && Destination is not null
            ? [ImageListEntry.Read(entry.Id, entry.Origin, () => image.CopiedTo(Destination, Scoped))]
            : [entry];
    }
}
