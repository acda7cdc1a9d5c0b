using System.Collections.ObjectModel;
using System.Management.Automation;
using MirrorValidate.ImageLists;
using MirrorValidate.PowerShell.Errors;

namespace MirrorValidate.PowerShell.Inputs;

/// <summary>Finds and reads list files as PowerShell's own cmdlets do: through the session's drives and location.</summary>
internal static class ListFiles
{
    /// <summary>The files that paths with wildcards name. A path that names none is an error, and the others go on.</summary>
    internal static IEnumerable<string> ResolveListPaths(this PSCmdlet cmdlet, IEnumerable<string> paths)
    {
        foreach (string path in paths)
        {
            Collection<string> resolved = [];
            try
            {
                resolved = cmdlet.GetResolvedProviderPathFromPSPath(path, out _);
                if (resolved.Count == 0) cmdlet.WriteError(CommandErrors.UnreadableList(path, new FileNotFoundException("no file matches")));
            }
            catch (Exception e) when (e is ItemNotFoundException or System.Management.Automation.DriveNotFoundException or ProviderNotFoundException or PSInvalidOperationException)
            {
                cmdlet.WriteError(CommandErrors.UnreadableList(path, e));
            }

            foreach (string file in resolved) yield return file;
        }
    }

    /// <summary>The lines of a file. One that cannot be read, or not to its end, is an error that names it.</summary>
    internal static IEnumerable<ImageListLine> ReadList(this PSCmdlet cmdlet, string path)
    {
        using IEnumerator<ImageListLine> lines = ImageListReader.ReadFile(path).GetEnumerator();
        while (true)
        {
            try
            {
                if (!lines.MoveNext()) yield break;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                cmdlet.WriteError(CommandErrors.UnreadableList(path, e));
                yield break;
            }

            yield return lines.Current;
        }
    }
}
