using System.Management.Automation;
using MirrorValidate.PowerShell.Completion;

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
}
