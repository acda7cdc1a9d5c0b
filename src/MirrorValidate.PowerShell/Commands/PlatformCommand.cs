using System.Management.Automation;
using MirrorValidate.Platforms;
using MirrorValidate.PowerShell.Completion;
using MirrorValidate.PowerShell.Settings;

namespace MirrorValidate.PowerShell.Commands;

/// <summary>The base of cmdlets that select platforms of what they read from registries.</summary>
public abstract class PlatformCommand : RegistryCommand
{
    /// <param name="architectures">The architectures that are selected by default.</param>
    private protected PlatformCommand(params string[] architectures) => Architecture = architectures;

    /// <summary>
    /// <para type="description">The platforms, os/arch[/variant][:os.version]. A part may contain *.</para>
    /// </summary>
    [Parameter]
    [Alias("p")]
    [ArgumentCompleter(typeof(PlatformCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Platform { get; set; }

    /// <summary>
    /// <para type="description">The architectures; * for all.</para>
    /// </summary>
    [Parameter]
    [Alias("a")]
    [ArgumentCompleter(typeof(ArchitectureCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Architecture { get; set; }

    /// <summary>
    /// <para type="description">The operating systems; * for all.</para>
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(OSCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] OS { get; set; } = ["*"];

    /// <summary>The platforms that the parameters select.</summary>
    private protected PlatformSelection ReadPlatforms() => Platform is null
        ? this.ParseArchitectures(Architecture, OS)
        : this.ParsePlatforms(Platform, exclusive: [nameof(Architecture), nameof(OS)]);
}
