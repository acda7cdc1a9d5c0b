using System.Collections;
using System.Collections.ObjectModel;
using System.Management.Automation;
using MirrorValidate.ImageLists;
using MirrorValidate.PowerShell.Commands;
using MirrorValidate.PowerShell.Inputs;
using MirrorValidate.References;

namespace MirrorValidate.PowerShell.Completion;

/// <summary>Finds the registries in the entries that a command line names.</summary>
internal static class ListedRegistries
{
    /// <summary>So many entries are looked at: a list of many thousands must not hold up the user's typing.</summary>
    private const int MaximumEntries = 2000;

    /// <summary>The names of the registries, in the order of the list.</summary>
    /// <param name="arguments">The arguments by parameter, as far as they are known.</param>
    /// <param name="parameter">The parameter that is completed; it decides which side counts.</param>
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
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ImageListFormatException or RuntimeException or NotSupportedException)
        {
            // What cannot be read now has nothing to offer.
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
        Collection<string> files = shell.AddScript(Resolve, useLocalScope: true).AddArgument(path).AddArgument(literal is not null).Invoke<string>();
        return files.Where(File.Exists);
    }

    private static IEnumerable<string?> Names(MirrorImage image, string parameter) => parameter switch
    {
        nameof(TestMirrorImageCommand.SourceRegistry) => [image.Source],
        nameof(TestMirrorImageCommand.DestinationRegistry) => [image.Destination],
        _ => [image.Source, image.Destination],
    };

    private static string? HostOf(string? name) => name is null ? null : ImageName.Parse(name).Host?.Name;
}
