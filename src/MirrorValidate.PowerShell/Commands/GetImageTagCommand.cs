using System.Management.Automation;
using MirrorValidate.ImageLists.OpenTags;
using MirrorValidate.PowerShell.Completion;
using MirrorValidate.PowerShell.Errors;
using MirrorValidate.PowerShell.Pipeline;
using MirrorValidate.PowerShell.Settings;
using MirrorValidate.PowerShell.Tags;
using MirrorValidate.References;
using MirrorValidate.Registries;
using MirrorValidate.Registries.Authentication;

namespace MirrorValidate.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Lists the tags of a repository.</para>
/// </summary>
[Cmdlet(VerbsCommon.Get, "ImageTag")]
[OutputType(typeof(ImageTagInfo))]
public sealed class GetImageTagCommand : RegistryCommand
{
    private readonly List<Func<string, bool>> _filters = [];
    private RegistryClient? _client;
    private WorkPump<TagListing>? _pump;

    /// <summary>The repositories, [registry/]repository; a tag or digest is left out.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Source", "Image")]
    [ArgumentCompleter(typeof(RegistryCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Repository { get; set; } = [];

    /// <summary>Only tags that one of these regular expressions matches; case matters.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Match { get; set; }

    /// <summary>No tags that one of these regular expressions matches; case matters.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Exclude { get; set; }

    /// <summary>Only tags whose version is in one of these ranges, as in ">=1.2 &lt;2" or "^1.2".</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? SemVer { get; set; }

    /// <summary>The credential for the registry.</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Func<string, bool>[] excluded = this.ParseFilters(Exclude, nameof(Exclude), TagExpression.Anywhere);
        if (Match is not null) _filters.Add(AnyOf(this.ParseFilters(Match, nameof(Match), TagExpression.Anywhere)));
        if (SemVer is not null)
            _filters.Add(AnyOf(this.ParseFilters(SemVer, nameof(SemVer), range => TagVersions.InRange(range))));
        if (excluded.Length > 0) _filters.Add(tag => !Array.Exists(excluded, matches => matches(tag)));
        CredentialChain credentials = CredentialSources.Create(
            Credential, nameof(Credential), environmentPrefix: null, CredentialFile.Defaults());
        _client = Session.CreateClient(RegistrySide.Registry, credentials);
        _pump = new WorkPump<TagListing>(Pipeline, limit: 1);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string text in Repository)
        {
            try
            {
                ImageReference repository = ImageReference.Parse(text);
                foreach (TagListing listing in _pump!.Start(token => ListAsync(repository, token)).Concat(_pump.ReadAll()))
                {
                    if (listing.Fault is { } fault) WriteError(CommandErrors.OfLookup(fault, repository.Name));
                }
            }
            catch (FormatException e)
            {
                WriteError(CommandErrors.InvalidReference(text, e));
            }
        }
    }

    // Tags are written as they come. A fault of one repository is its result, so that the others are still listed.
    private async Task<TagListing> ListAsync(ImageReference repository, CancellationToken cancellationToken)
    {
        var context = new RequestContext(Log, TimeSpan.FromSeconds(TimeoutSec));
        try
        {
            await foreach (string tag in _client!.ListTagsAsync(repository, context, cancellationToken)
                .ConfigureAwait(false))
            {
                if (!_filters.TrueForAll(includes => includes(tag))) continue;
                var found = new ImageTagInfo(repository.Name, tag);
                Pipeline.Post(streams => streams.WriteObject(found));
            }

            return new TagListing(Fault: null);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return new TagListing(e);
        }
    }

    private static Func<string, bool> AnyOf(Func<string, bool>[] filters) =>
        tag => Array.Exists(filters, matches => matches(tag));

    /// <summary>A repository whose tags were listed.</summary>
    /// <param name="Fault">Why not all of them were; <see langword="null"/> if they were.</param>
    private sealed record TagListing(Exception? Fault);
}
