using System.Management.Automation;
using System.Text.RegularExpressions;
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
    private WorkPump<TagPage>? _pump;
    private RegistryClient? _client;
    private TagFilter? _filter;

    /// <summary>The repositories, [registry/]repository.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Source", "Image")]
    [ArgumentCompleter(typeof(RegistryCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Repository { get; set; } = [];

    /// <summary>Only tags that match one of these regular expressions, as -match does.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Match { get; set; } = [];

    /// <summary>No tags that match one of these regular expressions.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Exclude { get; set; } = [];

    /// <summary>Only tags that are versions in one of these ranges, such as &gt;=1.2 &lt;2.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] SemVer { get; set; } = [];

    /// <summary>The credential for the registry.</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _filter = new TagFilter(
            this.ParseExpressions(Match, nameof(Match)),
            this.ParseExpressions(Exclude, nameof(Exclude)),
            this.ParseRanges(SemVer, nameof(SemVer)));
        CredentialChain credentials = CredentialSources.Create(
            Credential, nameof(Credential), environmentPrefix: null, CredentialFile.Defaults());
        _client = Session.CreateClient(RegistrySide.Registry, credentials);
        _pump = new WorkPump<TagPage>(Pipeline, limit: 1);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string name in Repository)
        {
            if (Pipeline.IsStopped) return;
            try
            {
                WriteTags(ParseRepository(name));
            }
            catch (FormatException e)
            {
                WriteError(CommandErrors.InvalidRepository(name, e));
            }
        }
    }

    private static ImageReference ParseRepository(string text)
    {
        ImageName name = ImageName.Parse(text);
        if (name.Store is not null) throw new FormatException(Text.Format(SR.StoreAsRepository, Printable.Of(text)));
        return name is { Tag: null, Digest: null }
            ? ImageReference.Of(name, name.Host)
            : throw new FormatException(Text.Format(SR.TaggedRepository, Printable.Of(text)));
    }

    // A page is written before the next one is asked for.
    private void WriteTags(ImageReference repository)
    {
        var context = new RequestContext(Log, TimeSpan.FromSeconds(TimeoutSec));
        IAsyncEnumerator<IReadOnlyList<string>> pages = _client!
            .ListTagsAsync(repository, context, Pipeline.StopToken).GetAsyncEnumerator();
        bool hasMore = true;
        while (hasMore && !Pipeline.IsStopped)
        {
            foreach (TagPage page in _pump!.Start(token => ReadAsync(pages, token)))
            {
                hasMore = page.Tags is not null;
                if (page.Fault is { } fault) WriteError(CommandErrors.OfTags(fault, repository.Name));
                foreach (string tag in page.Tags ?? []) WriteTag(repository, tag);
            }
        }
    }

    private void WriteTag(ImageReference repository, string tag)
    {
        if (!IsSelected(tag)) return;
        if (ImageName.IsTag(tag)) WriteObject(new ImageTagInfo(repository.Name, tag));
        else WriteError(CommandErrors.InvalidTag(repository.Name, tag));
    }

    private bool IsSelected(string tag)
    {
        try
        {
            return _filter!.Includes(tag);
        }
        catch (RegexMatchTimeoutException e)
        {
            ThrowTerminatingError(CommandErrors.SlowExpression(e));
            throw;
        }
    }

    private static async Task<TagPage> ReadAsync(
        IAsyncEnumerator<IReadOnlyList<string>> pages, CancellationToken cancellationToken)
    {
        try
        {
            return new TagPage(await pages.MoveNextAsync().ConfigureAwait(false) ? pages.Current : null, Fault: null);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // A fault of one repository is its result, so that the others are still listed.
            return new TagPage(Tags: null, e);
        }
    }
}
