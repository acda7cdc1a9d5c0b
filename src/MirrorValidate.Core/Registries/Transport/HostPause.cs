using System.Diagnostics;
using MirrorValidate.Logging;
using MirrorValidate.References;

namespace MirrorValidate.Registries.Transport;

/// <summary>
/// How long a host has asked to be left alone, which all requests of the run wait for. Thread-safe.
/// </summary>
/// <param name="host">The host, for messages.</param>
/// <param name="pulls">
/// Its limit on pulls, if that is why: they are renewed after hours, which the timeout of an image does not count.
/// </param>
internal sealed class HostPause(RegistryHost host, PullQuota? pulls = null)
{
    /// <summary>
    /// Beyond the longest delay that timers support; a host that asks for more is not asked again in the run.
    /// </summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(20);

    private readonly long _start = Stopwatch.GetTimestamp();
    private long _until;

    /// <summary>How long it lasts from now; zero if there is none.</summary>
    internal TimeSpan Left => TimeSpan.FromTicks(Math.Max(0, Interlocked.Read(ref _until) - Now));

    private long Now => Stopwatch.GetElapsedTime(_start).Ticks;

    /// <summary>Whether the pause ends before the time left does.</summary>
    internal bool EndsWithin(TimeSpan timeLeft) => Left is var left && left < timeLeft && left < Longest;

    /// <summary>Waits until the pause is over. The time of the attempt stands still.</summary>
    /// <exception cref="RegistryException">The pause is longer than the time left for the image.</exception>
    internal async Task WaitAsync(RequestState state, CancellationToken cancellationToken)
    {
        for (TimeSpan left = Left; left > TimeSpan.Zero; left = Left)
        {
            if (pulls is not null)
            {
                await WaitForPullsAsync(state, left, cancellationToken).ConfigureAwait(false);
                continue;
            }

            if (!EndsWithin(state.Context.TimeLeft))
            {
                string more = $"{Seconds.Of(left)} more, longer than the time left for the image";
                throw new RegistryException(
                    RegistryFault.RateLimited, $"not asked: {host} wants to be left alone for {more}");
            }

            string time = Seconds.Of(left);
            state.Context.Log(LogLevel.Information, () => $"waiting {time} for {host}, which asked to be left alone");
            state.Timer?.Stop();
            await Task.Delay(left, cancellationToken).ConfigureAwait(false);
            state.Timer?.Restart();
        }
    }

    private Task WaitForPullsAsync(RequestState state, TimeSpan left, CancellationToken cancellationToken)
    {
        string time = Seconds.Of(left);
        state.Context.Log(LogLevel.Warning, () => $"waiting {time} for {host}: {pulls}");
        return state.StandStillAsync(() => Task.Delay(left, cancellationToken));
    }

    /// <summary>Lengthens the pause to a time from now; never shortens it.</summary>
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
