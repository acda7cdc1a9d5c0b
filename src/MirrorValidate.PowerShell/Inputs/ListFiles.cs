using System.Collections.ObjectModel;
using System.Management.Automation;
using MirrorValidate.ImageLists;
using MirrorValidate.PowerShell.Errors;

namespace MirrorValidate.PowerShell.Inputs;

/// <summary>
/// Finds and reads list files as PowerShell's own cmdlets do: through the session's drives and location. A file that is not there or
/// cannot be read is an error of its own, and the others go on.
/// </summary>
/// <param name="cmdlet">The cmdlet that reads.</param>
internal sealed class ListFiles(PSCmdlet cmdlet)
{
    private const long MaximumCountedSize = 32 * 1024 * 1024;

    /// <summary>Whether all that was asked for was read.</summary>
    internal bool ReadAll { get; private set; } = true;

    /// <summary>The files that paths name.</summary>
    /// <param name="paths">The paths as they were given.</param>
    /// <param name="isLiteral">Whether characters of wildcards stand for themselves.</param>
    internal IEnumerable<string> Resolve(IEnumerable<string> paths, bool isLiteral) => paths.SelectMany(path => Resolve(path, isLiteral));

    /// <summary>The entries of a file. One that cannot be read, or not to its end, is an error that names it.</summary>
    internal IEnumerable<ImageListEntry> Read(string path, ImageListFormat format = ImageListFormat.Auto)
    {
        using IEnumerator<ImageListEntry> entries = ImageListFile.Read(path, format).GetEnumerator();
        while (true)
        {
            try
            {
                if (!entries.MoveNext()) yield break;
            }
            catch (ImageListFormatException e)
            {
                ReadAll = false;
                cmdlet.WriteError(CommandErrors.UnreadableFormat(path, e));
                yield break;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Report(path, Directory.Exists(path) ? new IOException(SR.IsFolder, e) : e);
                yield break;
            }

            yield return entries.Current;
        }
    }

    /// <summary>How many entries files have; <see langword="null"/> where that takes long or cannot be told.</summary>
    internal static int? Count(IEnumerable<string> files)
    {
        try
        {
            string[] all = [.. files];
            return all.Sum(file => new FileInfo(file).Length) > MaximumCountedSize ? null : all.Sum(file => ImageListFile.Read(file).Count());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ImageListFormatException)
        {
            // Reading it for good will tell.
            return null;
        }
    }

    private Collection<string> Resolve(string path, bool isLiteral)
    {
        Collection<string> files = [];
        Exception? problem = null;
        try
        {
            ProviderInfo provider;
            if (isLiteral) files = [cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out provider, out _)];
            else files = cmdlet.GetResolvedProviderPathFromPSPath(path, out provider);
            if (provider.Name != "FileSystem") problem = new NotSupportedException(Text.Format(SR.NoFileProvider, provider.Name));
            else if (files.Count == 0) problem = new FileNotFoundException(SR.NoFileMatches);
        }
        catch (Exception e) when (e is SessionStateException or PSInvalidOperationException or NotSupportedException)
        {
            problem = e;
        }

        if (problem is null) return files;
        Report(path, problem);
        return [];
    }

    private void Report(string path, Exception exception)
    {
        ReadAll = false;
        cmdlet.WriteError(CommandErrors.UnreadableList(path, exception));
    }
}
