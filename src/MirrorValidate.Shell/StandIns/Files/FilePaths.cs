using System.Management.Automation;
using System.Text;

namespace MirrorValidate.Shell.StandIns.Files;

/// <summary>What the stand-ins that touch files share: paths of the session, and errors that name the path.</summary>
internal static class FilePaths
{
    private const string FileSystem = "FileSystem";

    /// <summary>The files that a path names, wildcards expanded; a path that names none is a non-terminating error.</summary>
    public static IReadOnlyList<string> Resolve(PSCmdlet cmdlet, string path, bool literal)
    {
        try
        {
            if (!literal)
            {
                IReadOnlyList<string> found = cmdlet.GetResolvedProviderPathFromPSPath(path, out ProviderInfo provider);
                EnsureFileSystem(provider, path);
                return found;
            }

            string file = Unresolved(cmdlet, path);
            if (Path.Exists(file))
                return [file];
            throw new ItemNotFoundException($"Cannot find path '{file}' because it does not exist.");
        }
        catch (ItemNotFoundException exception)
        {
            cmdlet.WriteError(new ErrorRecord(exception, "PathNotFound", ErrorCategory.ObjectNotFound, path));
        }
        catch (Exception exception) when (exception is System.Management.Automation.DriveNotFoundException or ProviderNotFoundException or NotSupportedException)
        {
            cmdlet.WriteError(new ErrorRecord(exception, "PathNotReadable", ErrorCategory.InvalidArgument, path));
        }

        return [];
    }

    /// <summary>The full path of a file that need not exist.</summary>
    public static string Unresolved(PSCmdlet cmdlet, string path)
    {
        string file = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        EnsureFileSystem(provider, path);
        return file;
    }

    /// <summary>A writer of UTF-8 without a byte order mark; a file that cannot be opened is a terminating error.</summary>
    public static StreamWriter OpenWriter(PSCmdlet cmdlet, string path, bool append)
    {
        try
        {
            return new StreamWriter(Unresolved(cmdlet, path), append, new UTF8Encoding(false));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            cmdlet.ThrowTerminatingError(new ErrorRecord(exception, "FileOpenFailure", ErrorCategory.OpenError, path));
            throw;
        }
    }

    private static void EnsureFileSystem(ProviderInfo provider, string path)
    {
        if (provider.Name != FileSystem)
            throw new NotSupportedException($"'{path}' is no path of the file system.");
    }
}
