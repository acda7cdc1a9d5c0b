namespace MirrorValidate.Embedded;

/// <summary>
/// A pull limit like Docker Hub's: each manifest GET counts, HEAD does not. Answers contain <c>RateLimit-Limit</c> and
/// <c>RateLimit-Remaining</c>. When no pulls are left the answer is 429.
/// </summary>
public sealed class PullRateLimit
{
    private int _used;
    private int _limit = 100;

    /// <summary>The number of pulls per window.</summary>
    public int Limit
    {
        get => Volatile.Read(ref _limit);
        init => _limit = value;
    }

    /// <summary>The window given in the headers. It does not end by itself; see <see cref="Reset()"/>.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromHours(6);

    /// <summary>The Retry-After of a refused pull; null: no such header.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The number of pulls left.</summary>
    public int Remaining => Math.Max(0, Limit - Volatile.Read(ref _used));

    /// <summary>Starts a new window.</summary>
    public void Reset() => Interlocked.Exchange(ref _used, 0);

    /// <summary>Starts a new window with another limit.</summary>
    public void Reset(int limit)
    {
        Volatile.Write(ref _limit, limit);
        Reset();
    }

    internal bool TryTake() => Interlocked.Increment(ref _used) <= Limit;
}
