using System.Collections.ObjectModel;
using System.Management.Automation;
using MirrorValidate.ImageLists;
using MirrorValidate.PowerShell.Errors;

namespace MirrorValidate.PowerShell.Inputs;

/// <summary>
/// Resolves and reads list files as PowerShell's own cmdlets do, with the drives and the location of the session. A
/// file that is missing or cannot be read is a non-terminating error.
/// </summary>
/// <param name="cmdlet">The cmdlet that reads the files and writes the errors.</param>
internal sealed class ListFiles(PSCmdlet cmdlet)
{
    // In bytes. Counting reads the files one more time.
    private const long MaximumCountedSize = 32 * 1024 * 1024;

    private readonly List<string> _unread = [];

    /// <summary>What is wrong with each list that was missing or could not be read to the end, so far.</summary>
    internal IReadOnlyList<string> Unread => _unread;

    /// <summary>The full paths of files.</summary>
    /// <param name="paths">The paths as given.</param>
    /// <param name="isLiteral">Whether wildcard characters are taken literally.</param>
    internal IEnumerable<string> Resolve(IEnumerable<string> paths, bool isLiteral) =>
        paths.SelectMany(path => Resolve(path, isLiteral));

    /// <summary>The entries of a file, up to where it cannot be read. What may not be meant is a warning.</summary>
    internal IEnumerable<ImageListEntry> Read(string path, ImageListFormat format)
    {
        using IEnumerator<ImageListEntry> entries =
            ImageListFile.Read(path, format, cmdlet.WriteWarning).GetEnumerator();
        while (true)
        {
            try
            {
                if (!entries.MoveNext()) yield break;
            }
            catch (ImageListFormatException e)
            {
                Report(CommandErrors.UnreadableFormat(path, e));
                yield break;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Exception problem = Directory.Exists(path) ? new IOException(SR.IsFolder, e) : e;
                Report(CommandErrors.UnreadableList(path, problem));
                yield break;
            }

            yield return entries.Current;
        }
    }

    /// <summary>
    /// The number of entries in files; <see langword="null"/> if they are larger than 32 MiB or cannot be read.
    /// </summary>
    /// <param name="files">The files.</param>
    /// <param name="format">Their format.</param>
    internal static int? Count(IReadOnlyList<string> files, ImageListFormat format)
    {
        try
        {
            return files.Sum(file => new FileInfo(file).Length) > MaximumCountedSize
                ? null
                : files.Sum(file => ImageListFile.Read(file, format).Count());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ImageListFormatException)
        {
            // Read reports it.
            return null;
        }
    }

    private Collection<string> Resolve(string path, bool isLiteral)
    {
        Collection<string> files = cmdlet.ResolveInputFiles(path, isLiteral, out Exception? problem);
        if (problem is not null) Report(CommandErrors.UnreadableList(path, problem));
        return files;
    }

    private void Report(ErrorRecord error)
    {
        _unread.Add(error.Exception.Message);
        cmdlet.WriteError(error);
    }
}
