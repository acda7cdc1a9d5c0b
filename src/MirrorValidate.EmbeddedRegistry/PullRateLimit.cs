namespace MirrorValidate.Embedded;

/// <summary>
/// A pull limit as Docker Hub has it: each manifest GET counts, HEAD does not; answers carry <c>RateLimit-Limit</c> and
/// <c>RateLimit-Remaining</c>; when nothing is left the answer is 429.
/// </summary>
public sealed class PullRateLimit
{
    private int _used;

    /// <summary>Pulls in a window.</summary>
    public int Limit { get; init; } = 100;

    /// <summary>The window that the headers name. It does not end by itself: see <see cref="Reset"/>.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromHours(6);

    /// <summary>What a refused pull is told to wait, in the Retry-After header; null: no such header.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Pulls that are left.</summary>
    public int Remaining => Math.Max(0, Limit - Volatile.Read(ref _used));

    /// <summary>Begins a new window.</summary>
    public void Reset() => Interlocked.Exchange(ref _used, 0);

    internal bool TryTake() => Interlocked.Increment(ref _used) <= Limit;
}
