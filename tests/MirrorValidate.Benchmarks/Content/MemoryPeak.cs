namespace MirrorValidate.Benchmarks.Content;

/// <summary>Measures how far the memory of this process grows.</summary>
internal sealed class MemoryPeak : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    private readonly long _before = Environment.WorkingSet;
    private readonly Timer _timer;
    private long _peak;

    internal MemoryPeak() => _timer = new Timer(_ => Note(), state: null, Interval, Interval);

    /// <summary>The growth so far, in bytes.</summary>
    internal long Growth
    {
        get
        {
            Note();
            return Math.Max(0, Interlocked.Read(ref _peak) - _before);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Note()
    {
        long now = Environment.WorkingSet;
        for (long old = Interlocked.Read(ref _peak); now > old;)
        {
            long seen = Interlocked.CompareExchange(ref _peak, now, old);
            if (seen == old) return;
            old = seen;
        }
    }
}
