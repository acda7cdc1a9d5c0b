namespace MirrorValidate.ImageLists;

/// <summary>
/// Claims the file that a list is gathered in. The run that has claimed it holds it open, so that it cannot be opened
/// alone; a run that was killed holds nothing.
/// </summary>
internal static class PartialFile
{
    private const int Attempts = 100;

    /// <summary>Creates the file, in place of one that a killed run left.</summary>
    /// <param name="path">The file.</param>
    /// <param name="setAside">
    /// Where the file of a killed run was moved if it names entries: it may be the only place that does.
    /// </param>
    /// <returns><see langword="null"/> if a run that has not ended has it.</returns>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    internal static FileStream? TryCreate(string path, out string? setAside)
    {
        setAside = null;
        for (int attempt = 1; ; attempt++)
        {
            if (!TryClear(path, ref setAside)) return null;
            try
            {
                // Shared for deleting, so that it can be renamed before it is closed and the claim ends.
                var file = new FileStream(
                    path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
                if (ClaimedFile.IsAt(file, path)) return file;
                file.Dispose();
            }
            catch (IOException e) when (e is not DirectoryNotFoundException && attempt < Attempts)
            {
                // Another run may be claiming it; the next attempt tells.
            }
        }
    }

    private static bool TryClear(string path, ref string? setAside)
    {
        if (!File.Exists(path)) return true;
        try
        {
            // Alone, to notice a run that has it. On Windows sharing for deleting is what lets an open file be moved.
            FileShare alone = OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None;
            using var stale = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, alone, bufferSize: 1);
            if (!ClaimedFile.HasTimeOf(stale, path)) return false;
            if (stale.Length == 0)
            {
                File.Delete(path);
                return true;
            }

            setAside = MoveAside(path);
            return true;
        }
        catch (IOException)
        {
            return !File.Exists(path);
        }
    }

    // What was set aside before may also be the only place that names its entries.
    private static string MoveAside(string path)
    {
        for (int number = 1; ; number++)
        {
            string name = number == 1 ? path + ".old" : $"{path}.old.{number}";
            try
            {
                File.Move(path, name);
                return name;
            }
            catch (IOException) when (File.Exists(name) && number < Attempts)
            {
                // Taken.
            }
        }
    }
}
