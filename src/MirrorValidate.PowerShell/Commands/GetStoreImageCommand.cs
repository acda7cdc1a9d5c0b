using System.Management.Automation;
using MirrorValidate.PowerShell.Completion;
using MirrorValidate.PowerShell.Errors;
using MirrorValidate.PowerShell.Pipeline;
using MirrorValidate.PowerShell.Settings;
using MirrorValidate.PowerShell.StoreImages;
using MirrorValidate.Registries;
using MirrorValidate.Stores;
using MirrorValidate.Stores.Shapes;

namespace MirrorValidate.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Gets the images in stores: image layouts and archives on disk.</para>
/// </summary>
[Cmdlet(VerbsCommon.Get, "StoreImage")]
[OutputType(typeof(StoreImage))]
public sealed class GetStoreImageCommand : PSCmdlet, IDisposable
{
    private PipelineThread? _pipeline;
    private StoreCatalog? _stores;
    private StoreProgress? _progress;

    /// <summary>The stores: folders or archives, [REPOSITORY=]PATH.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(StoreCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _pipeline = new PipelineThread(CommandRuntime);
        if (this.IsStreamShown("Progress", "ProgressAction")) _progress = new StoreProgress(_pipeline);
        _stores = new StoreCatalog(
            SessionState.Path.CurrentFileSystemLocation.ProviderPath, new StoreLimits(), _progress);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (BoundStore store in this.OpenStores(Path, _stores!, _pipeline!)) WriteImages(store);
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _pipeline?.Stop();

    /// <summary>Closes the stores.</summary>
    public void Dispose()
    {
        _pipeline?.Dispose();
        _stores?.Dispose();
        _progress?.Dispose();
    }

    private void WriteImages(BoundStore store)
    {
        var listing = new StoreListing(store);
        IReadOnlyList<StoredImage>? images = Await(store.Path, listing.ListAsync);
        foreach (StoredImage image in images ?? [])
        {
            string name = image.Name?.ToString() ?? image.Descriptor.Digest.ToString();
            if (Await(name, token => listing.ReadAsync(image, token)) is { } read) WriteObject(read);
        }
    }

    // What is damaged is an error, and nothing.
    private T? Await<T>(string target, Func<CancellationToken, Task<T>> read)
        where T : class
    {
        var pump = new WorkPump<Outcome<T>>(_pipeline!, limit: 1);
        Outcome<T>? outcome = pump.Start(async token =>
        {
            try
            {
                return new Outcome<T>(await read(token).ConfigureAwait(false), Fault: null);
            }
            catch (StoreException e)
            {
                return new Outcome<T>(Value: null, new RegistryException(e.Fault, $"store {e.Message}"));
            }
        }).LastOrDefault();
        if (outcome?.Fault is { } fault) WriteError(CommandErrors.OfLookup(fault, target));
        return outcome?.Value;
    }

    private sealed record Outcome<T>(T? Value, RegistryException? Fault);
}
