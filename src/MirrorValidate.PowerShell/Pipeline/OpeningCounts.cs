namespace MirrorValidate.PowerShell.Pipeline;

/// <summary>How far a compressed store was read, in percent.</summary>
internal sealed class OpeningCounts : IProgressCounts
{
    private const double Megabyte = 1024 * 1024;

    private int _percent;
    private long _done;
    private long _all;

    public int Total => Volatile.Read(ref _percent);

    /// <summary>Takes in how far it is; from any thread.</summary>
    /// <param name="done">The number of bytes that were read.</param>
    /// <param name="all">The number of all bytes.</param>
    /// <returns>Whether there is something new to show.</returns>
    internal bool Report(long done, long all)
    {
        int percent = (int)(100.0 * done / Math.Max(1, all));
        if (percent == Total) return false;
        Volatile.Write(ref _done, done);
        Volatile.Write(ref _all, all);
        Volatile.Write(ref _percent, percent);
        return true;
    }

    public override string ToString() => Describe("", 0);

    public string Describe(string done, double rate) =>
        Text.Format(SR.OpeningStatus, Volatile.Read(ref _done) / Megabyte, Volatile.Read(ref _all) / Megabyte);
}
