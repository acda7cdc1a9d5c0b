using System.Management.Automation;
using MirrorValidate.PowerShell.Completion;
using MirrorValidate.PowerShell.Settings;
using MirrorValidate.Registries;
using MirrorValidate.Stores;

namespace MirrorValidate.PowerShell.Commands;

/// <content>Stores in place of registries.</content>
public sealed partial class TestMirrorImageCommand
{
    /// <summary>Stores that sources are looked up in: folders or archives, [REPOSITORY=]PATH.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(StoreCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] SourceStore { get; set; } = [];

    /// <summary>Stores that destinations are looked up in: folders or archives, [REPOSITORY=]PATH.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(StoreCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] DestinationStore { get; set; } = [];

    private CachingImageReader CreateReader(RegistrySide side, RegistryClient registries)
    {
        string[] paths = side == RegistrySide.Source ? SourceStore : DestinationStore;
        IReadOnlyList<BoundStore> stores = this.OpenStores(paths, Stores, Pipeline);
        IImageReader others =
            stores.Count == 0 ? registries : new StoreImageReader(side, stores, registries.Limits);
        return new CachingImageReader(new ImagePlaces(side, others, Stores));
    }
}
