using System.Collections;
using System.Management.Automation;
using MirrorValidate.ImageLists;
using MirrorValidate.PowerShell.Commands;
using MirrorValidate.PowerShell.Inputs;
using MirrorValidate.References;

namespace MirrorValidate.PowerShell.Completion;

/// <summary>Finds the registries in the image list of a command line that is being typed.</summary>
internal static class ListedRegistries
{
    // Reading a long list must not delay the completion.
    private const int MaximumEntries = 2000;

    /// <summary>The names of the registries, in the order of the list.</summary>
    /// <param name="arguments">The arguments by parameter, as far as the engine knows them.</param>
    /// <param name="parameter">The parameter that is completed. Those of one side get only its registries.</param>
    internal static IReadOnlyList<string> Of(IDictionary arguments, string parameter)
    {
        try
        {
            return
            [
                .. Entries(arguments)
                    .Take(MaximumEntries)
                    .SelectMany(image => Names(image, parameter))
                    .Select(HostOf)
                    .OfType<string>()
                    .Distinct(StringComparer.OrdinalIgnoreCase),
            ];
        }
        catch (Exception e) when (e is IOException
            or UnauthorizedAccessException or ImageListFormatException or RuntimeException or NotSupportedException)
        {
            // Completion shows no errors; the command will.
            return [];
        }
    }

    private static IEnumerable<MirrorImage> Entries(IDictionary arguments)
    {
        var reader = new EntryReader();
        IEnumerable<ImageListEntry> ofFiles = Files(arguments).SelectMany(file => ImageListFile.Read(file));
        IEnumerable<ImageListEntry> given = arguments[nameof(TestMirrorImageCommand.InputObject)] is { } input
            ? reader.Read(PSObject.AsPSObject(input))
            : [];
        return ofFiles.Concat(given).Select(entry => entry.Image).OfType<MirrorImage>();
    }

    private static IEnumerable<string> Files(IDictionary arguments)
    {
        object? literal = arguments[nameof(TestMirrorImageCommand.LiteralPath)];
        if ((literal ?? arguments[nameof(TestMirrorImageCommand.Path)]) is not { } path) return [];
        const string Resolve = """
            param([string[]] $paths, [bool] $isLiteral)
            $session = $ExecutionContext.SessionState.Path
            foreach ($path in $paths) {
                if ($isLiteral) { $session.GetUnresolvedProviderPathFromPSPath($path) }
                else { $provider = $null; $session.GetResolvedProviderPathFromPSPath($path, [ref] $provider) }
            }
            """;
        using var shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddScript(Resolve, useLocalScope: true).AddArgument(path).AddArgument(literal is not null);
        return shell.Invoke<string>().Where(File.Exists);
    }

    private static IEnumerable<string?> Names(MirrorImage image, string parameter) => parameter switch
    {
        nameof(TestMirrorImageCommand.SourceRegistry) => [image.Source],
        nameof(TestMirrorImageCommand.DestinationRegistry) => [image.Destination],
        _ => [image.Source, image.Destination],
    };

    private static string? HostOf(string? name) => name is null ? null : ImageName.Parse(name).Host?.Name;
}
