using System.Management.Automation;
using System.Text;
using MirrorValidate.Manifests;
using MirrorValidate.Platforms;
using MirrorValidate.PowerShell.Completion;
using MirrorValidate.PowerShell.Errors;
using MirrorValidate.PowerShell.ManifestLists;
using MirrorValidate.PowerShell.Pipeline;
using MirrorValidate.PowerShell.Settings;
using MirrorValidate.References;
using MirrorValidate.Registries;
using MirrorValidate.Registries.Authentication;

namespace MirrorValidate.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Gets the manifest of an image: its media type, digest and platforms.</para>
/// </summary>
[Cmdlet(VerbsCommon.Get, "ManifestList")]
[OutputType(typeof(ManifestListInfo), typeof(string))]
public sealed class GetManifestListCommand : PlatformCommand
{
    private WorkPump<ManifestLookup>? _pump;
    private IImageReader? _reader;
    private PlatformSelection _platforms = PlatformSelection.All;

    /// <summary>The images, [registry/]repository[:tag][@digest].</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] Image { get; set; } = [];

    /// <summary>Stores to look the images up in: folders or archives, [REPOSITORY=]PATH.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(StoreCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Store { get; set; } = [];

    /// <summary>The credential for the registry.</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>Return the exact text of the manifest.</summary>
    [Parameter]
    public SwitchParameter Raw { get; set; }

    /// <summary>Makes the command.</summary>
    public GetManifestListCommand()
        : base("*")
    {
    }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _platforms = ReadPlatforms();
        CredentialChain credentials = CredentialSources.Create(
            Credential, nameof(Credential), environmentPrefix: null, CredentialFile.Defaults());
        _reader = CreateReader(
            Session.CreateClient(RegistrySide.Registry, credentials), RegistrySide.Registry, Store);
        _pump = new WorkPump<ManifestLookup>(Pipeline, limit: 1);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string image in Image)
        {
            try
            {
                ImageReference reference = ImageReference.Parse(image);
                Write(_pump!.Start(token => LookUpAsync(reference, token)));
            }
            catch (FormatException e)
            {
                WriteError(CommandErrors.InvalidReference(image, e));
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => Write(_pump!.ReadAll());

    private void Write(IEnumerable<ManifestLookup> lookups)
    {
        foreach (ManifestLookup lookup in lookups) Write(lookup);
    }

    private void Write(ManifestLookup lookup)
    {
        if (lookup.Fault is { } fault) WriteError(CommandErrors.OfLookup(fault, lookup.Reference.ToString()));
        else if (Raw) WriteObject(Encoding.UTF8.GetString(lookup.Manifest!.Content.Span));
        else WriteObject(ManifestListInfo.Of(lookup.Reference, lookup.Manifest!, lookup.Platform, _platforms));
    }

    private async Task<ManifestLookup> LookUpAsync(ImageReference reference, CancellationToken cancellationToken)
    {
        var context = new RequestContext(Log, TimeSpan.FromSeconds(TimeoutSec));
        try
        {
            IImageReader reader = _reader!;
            Manifest manifest = await reader.GetManifestAsync(reference, context, cancellationToken)
                .ConfigureAwait(false);
            Platform? platform = (manifest as Schema1Manifest)?.Platform;
            if (!Raw && manifest is ImageManifest { IsImage: true } image)
            {
                ImageConfig config = await reader.GetConfigAsync(reference, image.Config, context, cancellationToken)
                    .ConfigureAwait(false);
                platform = config.Platform;
            }

            return new ManifestLookup(reference, manifest, platform, Fault: null);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // A fault of one image is its result, so that the others are still looked up.
            return new ManifestLookup(reference, Manifest: null, Platform: null, e);
        }
    }
}
