namespace MirrorValidate.ImageLists;

/// <summary>
/// Claims the file that a list is gathered in. Who has claimed it holds it open, and with it a lock that asking for it alone does
/// not get; a killed run holds nothing. On Unix the lock is a step of its own after opening, and goes with the file, not its
/// name: whoever has it must look whether the name still leads to the same file.
/// </summary>
internal static class PartialFile
{
    private const int Attempts = 100;

    /// <summary>Creates the file, in place of one that a killed run left.</summary>
    /// <returns><see langword="null"/> where a run that has not ended has it.</returns>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    internal static FileStream? TryCreate(string path)
    {
        for (int attempt = 1; ; attempt++)
        {
            if (!TryRemoveStale(path)) return null;
            try
            {
                // Shared for deleting, so that it can be renamed before it is closed and the claim ends.
                var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
                if (IsClaimed(file, path)) return file;
                file.Dispose();
            }
            catch (IOException e) when (e is not DirectoryNotFoundException && attempt < Attempts)
            {
                // Another run claims it at this moment. Whether it has, the next attempt sees.
            }
        }
    }

    private static bool TryRemoveStale(string path)
    {
        if (!File.Exists(path)) return true;
        try
        {
            // Windows deletes no file that is open to nobody else, but locks and names are one there: it may be deleted when closed.
            FileOptions options = OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None;
            using var stale = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, options);
            if (OperatingSystem.IsWindows()) return true;
            if (!IsStillAt(stale, path)) return false;
            File.Delete(path);
            return true;
        }
        catch (IOException)
        {
            return !File.Exists(path);
        }
    }

    // .NET tells no file numbers: a time that no other file has does, and is put right again.
    private static bool IsClaimed(FileStream file, string path)
    {
        DateTime mark = DateTime.UnixEpoch.AddTicks(Random.Shared.NextInt64(TimeSpan.TicksPerDay * 10_000));
        File.SetLastWriteTimeUtc(file.SafeFileHandle, mark);
        bool isClaimed = IsStillAt(file, path);
        File.SetLastWriteTimeUtc(file.SafeFileHandle, DateTime.UtcNow);
        return isClaimed;
    }

    private static bool IsStillAt(FileStream file, string path) =>
        File.GetLastWriteTimeUtc(path) == File.GetLastWriteTimeUtc(file.SafeFileHandle);
}
