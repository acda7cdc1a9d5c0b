using System.Collections.ObjectModel;
using System.Management.Automation;

namespace MirrorValidate.PowerShell.Inputs;

/// <summary>Resolves the paths of files that cmdlets read, with the drives and the location of the session.</summary>
internal static class InputPaths
{
    /// <summary>The full paths of files.</summary>
    /// <param name="cmdlet">The cmdlet that reads.</param>
    /// <param name="path">The path as given.</param>
    /// <param name="isLiteral">Whether wildcard characters are taken literally.</param>
    /// <param name="problem">Why it leads to no file; <see langword="null"/> if it does.</param>
    internal static Collection<string> ResolveInputFiles(
        this PSCmdlet cmdlet, string path, bool isLiteral, out Exception? problem)
    {
        Collection<string> files = [];
        problem = null;
        try
        {
            ProviderInfo provider;
            files = isLiteral
                ? [cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out provider, out _)]
                : cmdlet.GetResolvedProviderPathFromPSPath(path, out provider);
            if (provider.Name != "FileSystem")
                problem = new NotSupportedException(Text.Format(SR.NoFileProvider, provider.Name));
            else if (files.Count == 0) problem = new FileNotFoundException(SR.NoFileMatches);
        }
        catch (Exception e) when (e is SessionStateException or PSInvalidOperationException or NotSupportedException)
        {
            problem = e;
        }

        if (problem is null) return files;
        // pwsh -File passes a,b as one name.
        if (path.Contains(',')) problem = new IOException(Text.Format(SR.CommaInPath, problem.Message), problem);
        return [];
    }
}
