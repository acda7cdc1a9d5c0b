using System.Management.Automation;
using MirrorValidate.ImageLists;
using MirrorValidate.ImageLists.RegistryMaps;
using MirrorValidate.PowerShell.Errors;

namespace MirrorValidate.PowerShell.Inputs;

/// <summary>Reads the files of <c>-RegistryMap</c>.</summary>
internal static class RegistryMapFiles
{
    /// <summary>Reads the files as one map. One that cannot be read is a terminating error.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="paths">The paths as given; wildcards are allowed.</param>
    /// <returns><see langword="null"/> where none is given.</returns>
    internal static RegistryMap? ReadRegistryMap(this PSCmdlet cmdlet, string[] paths)
    {
        if (paths.Length == 0) return null;
        try
        {
            return RegistryMap.Load(paths.SelectMany(path => cmdlet.GetResolvedProviderPathFromPSPath(path, out _)));
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or ImageListFormatException or SessionStateException)
        {
            cmdlet.ThrowTerminatingError(CommandErrors.UnreadableRegistryMap(string.Join(", ", paths), e));
            throw;
        }
    }
}
