namespace MirrorValidate;

/// <summary>
/// Files that a process claims by holding them open. On Unix the lock belongs to the file, not to its name, and is
/// taken in a step of its own after the file was opened: whoever has it must see whether the name still leads there.
/// </summary>
internal static class ClaimedFile
{
    /// <summary>Whether a name leads to a file that this process has open for writing.</summary>
    internal static bool IsAt(FileStream file, string path)
    {
        // .NET does not say which file a name leads to; a time that no other file has tells it.
        DateTime mark = DateTime.UnixEpoch.AddTicks(Random.Shared.NextInt64(TimeSpan.TicksPerDay * 10_000));
        File.SetLastWriteTimeUtc(file.SafeFileHandle, mark);
        bool isAt = HasTimeOf(file, path);
        File.SetLastWriteTimeUtc(file.SafeFileHandle, DateTime.UtcNow);
        return isAt;
    }

    /// <summary>Whether a name leads to an open file, going by the times of both.</summary>
    internal static bool HasTimeOf(FileStream file, string path) =>
        File.GetLastWriteTimeUtc(path) == File.GetLastWriteTimeUtc(file.SafeFileHandle);
}
