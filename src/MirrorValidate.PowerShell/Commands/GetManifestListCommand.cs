using System.Management.Automation;
using System.Text;
using MirrorValidate.Manifests;
using MirrorValidate.PowerShell.Completion;
using MirrorValidate.PowerShell.Errors;
using MirrorValidate.PowerShell.ManifestLists;
using MirrorValidate.PowerShell.Settings;
using MirrorValidate.References;
using MirrorValidate.Registries;
using MirrorValidate.Registries.Authentication;
using MirrorValidate.Validation;

namespace MirrorValidate.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Shows what a tag really is: its media type, its digest, its platforms.</para>
/// </summary>
[Cmdlet(VerbsCommon.Get, "ManifestList")]
[OutputType(typeof(ManifestListInfo), typeof(string))]
public sealed class GetManifestListCommand : RegistryCommand<ManifestLookup>
{
    private RegistryClient? _client;
    private ArchitectureSelection _architectures = ArchitectureSelection.All;

    /// <summary>The images, [registry/]repository[:tag][@digest].</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] Image { get; set; } = [];

    /// <summary>The architectures to show; * shows everything.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ArchitectureCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Architecture { get; set; } = ["*"];

    /// <summary>The credential for the registry.</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>Give the exact text of the manifest.</summary>
    [Parameter]
    public SwitchParameter Raw { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _architectures = ParseArchitectures(Architecture);
        _client = Session.CreateClient(
            RegistrySide.Registry, CredentialSources.Create(Credential, nameof(Credential), environmentPrefix: null, CredentialFile.Defaults()));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string image in Image)
        {
            try
            {
                ImageReference reference = ImageReference.Parse(image);
                Pump.Start(token => LookUpAsync(reference, token));
            }
            catch (FormatException e)
            {
                WriteError(CommandErrors.InvalidReference(image, e));
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => Pump.Drain();

    private protected override void WriteResult(ManifestLookup result)
    {
        if (result.Fault is { } fault) WriteError(CommandErrors.OfLookup(fault, result.Reference.ToString()));
        else if (Raw) WriteObject(Encoding.UTF8.GetString(result.Manifest!.Content.Span));
        else WriteObject(ManifestListInfo.Of(result.Reference, result.Manifest!, result.Platform, _architectures));
    }

    private async Task<ManifestLookup> LookUpAsync(ImageReference reference, CancellationToken cancellationToken)
    {
        var context = new RequestContext(Log, TimeSpan.FromSeconds(TimeoutSec));
        try
        {
            Manifest manifest = await _client!.GetManifestAsync(reference, context, cancellationToken).ConfigureAwait(false);
            Platform? platform = (manifest as Schema1Manifest)?.Platform;
            if (!Raw && manifest is ImageManifest { IsImage: true } image)
                platform = (await _client.GetConfigAsync(reference, image.Config, context, cancellationToken).ConfigureAwait(false)).Platform;
            return new ManifestLookup(reference, manifest, platform, Fault: null);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // One image's surprise must not cost the others their look-up.
            return new ManifestLookup(reference, Manifest: null, Platform: null, e);
        }
    }
}
