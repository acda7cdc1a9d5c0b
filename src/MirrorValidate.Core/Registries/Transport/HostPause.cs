namespace MirrorValidate.Registries.Transport;

/// <summary>Until when a host wants to be left alone, by all requests of the run together. Safe for many threads.</summary>
internal sealed class HostPause
{
    /// <summary>What no timer waits for; a host that asks for more is not asked again in the run.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(20);

    private long _until;

    /// <summary>How long the host still wants to be left alone; zero when it does not.</summary>
    internal TimeSpan Left => TimeSpan.FromMilliseconds(Math.Max(0, Interlocked.Read(ref _until) - Environment.TickCount64));

    /// <summary>Whether the pause is over before the time left is.</summary>
    internal bool EndsWithin(TimeSpan timeLeft) => Left is var left && left < timeLeft && left < Longest;

    /// <summary>Leaves the host alone for a while; never shorter than asked for before.</summary>
    internal void Extend(TimeSpan time)
    {
        // Rounded up: a timer that fires a little early must not send a request within the pause.
        long until = Environment.TickCount64 + (long)Math.Ceiling(Math.Min(time.TotalMilliseconds, TimeSpan.FromDays(10_000).TotalMilliseconds)) + 1;
        for (long old = Interlocked.Read(ref _until); until > old;)
        {
            long seen = Interlocked.CompareExchange(ref _until, until, old);
            if (seen == old) return;
            old = seen;
        }
    }
}
