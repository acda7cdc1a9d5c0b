using System.Management.Automation;
using MirrorValidate.PowerShell.Errors;

namespace MirrorValidate.PowerShell.Pipeline;

/// <summary>Finds the files that cmdlets write, through the session's drives and location.</summary>
internal static class OutputFiles
{
    /// <summary>Whether a path is where people send what they do not want.</summary>
    internal static bool IsNullDevice(string path) =>
        OperatingSystem.IsWindows() ? path.Equals("NUL", StringComparison.OrdinalIgnoreCase) : path == "/dev/null";

    /// <summary>The file that a path means. A path that can be no file is a terminating error.</summary>
    internal static string ResolveOutputFile(this PSCmdlet cmdlet, string path)
    {
        string file = path;
        Exception? problem = null;
        try
        {
            file = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            if (provider.Name != "FileSystem") problem = new NotSupportedException($"it is a path of the provider {provider.Name}, not of a file");
            else if (Directory.Exists(file)) problem = new IOException("it is a folder");
            // What replaces a file by renaming would replace the device.
            else if (!OperatingSystem.IsWindows() && Path.GetDirectoryName(file) == "/dev") problem = new IOException("it is a device");
        }
        catch (Exception e) when (e is SessionStateException or PSInvalidOperationException or NotSupportedException)
        {
            problem = e;
        }

        if (problem is not null) cmdlet.ThrowTerminatingError(CommandErrors.UnwritableList(file, problem));
        return file;
    }
}
