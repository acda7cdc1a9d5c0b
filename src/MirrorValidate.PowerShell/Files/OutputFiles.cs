using System.Management.Automation;

namespace MirrorValidate.PowerShell.Files;

/// <summary>Resolves the paths of files that cmdlets write, with the drives and the location of the session.</summary>
internal static class OutputFiles
{
    /// <summary>Whether a path is the null device: <c>NUL</c> on Windows, <c>/dev/null</c> elsewhere.</summary>
    internal static bool IsNullDevice(string path) =>
        OperatingSystem.IsWindows() ? path.Equals("NUL", StringComparison.OrdinalIgnoreCase) : path == "/dev/null";

    /// <summary>The full path of a file. A path that cannot be a file is a terminating error.</summary>
    /// <param name="cmdlet">The cmdlet that writes.</param>
    /// <param name="path">The path as given.</param>
    /// <param name="error">Creates the error record.</param>
    internal static string ResolveOutputFile(
        this PSCmdlet cmdlet, string path, Func<string, Exception, ErrorRecord> error)
    {
        string file = path;
        Exception? problem = null;
        try
        {
            file = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            if (provider.Name != "FileSystem")
                problem = new NotSupportedException(Text.Format(SR.NoFileProvider, provider.Name));
            else if (Directory.Exists(file)) problem = new IOException(SR.IsFolder);
            // Files are replaced by renaming, which would replace the device.
            else if (!OperatingSystem.IsWindows() && Path.GetDirectoryName(file) == "/dev")
                problem = new IOException(SR.IsDevice);
        }
        catch (Exception e) when (e is SessionStateException or PSInvalidOperationException or NotSupportedException)
        {
            problem = e;
        }

        if (problem is not null) cmdlet.ThrowTerminatingError(error(file, problem));
        return file;
    }
}
