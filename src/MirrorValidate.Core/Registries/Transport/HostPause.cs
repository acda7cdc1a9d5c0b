using System.Diagnostics;

namespace MirrorValidate.Registries.Transport;

/// <summary>Until when a host wants to be left alone, by all requests of the run together. Safe for many threads.</summary>
internal sealed class HostPause
{
    /// <summary>What no timer waits for; a host that asks for more is not asked again in the run.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(20);

    private readonly long _start = Stopwatch.GetTimestamp();
    private long _until;

    /// <summary>How long the host still wants to be left alone; zero when it does not.</summary>
    internal TimeSpan Left => TimeSpan.FromTicks(Math.Max(0, Interlocked.Read(ref _until) - Now));

    private long Now => Stopwatch.GetElapsedTime(_start).Ticks;

    /// <summary>Whether the pause is over before the time left is.</summary>
    internal bool EndsWithin(TimeSpan timeLeft) => Left is var left && left < timeLeft && left < Longest;

    /// <summary>Leaves the host alone for a while; never shorter than asked for before.</summary>
    internal void Extend(TimeSpan time)
    {
        long until = Now + Math.Min(time.Ticks, 2 * Longest.Ticks);
        for (long old = Interlocked.Read(ref _until); until > old;)
        {
            long seen = Interlocked.CompareExchange(ref _until, until, old);
            if (seen == old) return;
            old = seen;
        }
    }
}
