using System.Management.Automation;

namespace MirrorValidate.PowerShell.Files;

/// <summary>Finds the files that cmdlets write, through the session's drives and location.</summary>
internal static class OutputFiles
{
    /// <summary>Whether a path is where people send what they do not want.</summary>
    internal static bool IsNullDevice(string path) =>
        OperatingSystem.IsWindows() ? path.Equals("NUL", StringComparison.OrdinalIgnoreCase) : path == "/dev/null";

    /// <summary>The file that a path means. A path that can be no file is a terminating error.</summary>
    /// <param name="cmdlet">The cmdlet that writes.</param>
    /// <param name="path">The path as it was given.</param>
    /// <param name="error">Makes the error.</param>
    internal static string ResolveOutputFile(this PSCmdlet cmdlet, string path, Func<string, Exception, ErrorRecord> error)
    {
        string file = path;
        Exception? problem = null;
        try
        {
            file = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            if (provider.Name != "FileSystem") problem = new NotSupportedException(Text.Format(SR.NoFileProvider, provider.Name));
            else if (Directory.Exists(file)) problem = new IOException(SR.IsFolder);
            // What replaces a file by renaming would replace the device.
            else if (!OperatingSystem.IsWindows() && Path.GetDirectoryName(file) == "/dev") problem = new IOException(SR.IsDevice);
        }
        catch (Exception e) when (e is SessionStateException or PSInvalidOperationException or NotSupportedException)
        {
            problem = e;
        }

        if (problem is not null) cmdlet.ThrowTerminatingError(error(file, problem));
        return file;
    }
}
