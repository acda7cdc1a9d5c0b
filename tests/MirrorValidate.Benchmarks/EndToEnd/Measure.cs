using System.Diagnostics;

namespace MirrorValidate.Benchmarks.EndToEnd;

/// <summary>
/// Measures in rounds that run every contender once, so that a slowdown of the machine affects all of them.
/// </summary>
internal static class Measure
{
    /// <summary>Runs every contender once to warm up, then runs the rounds.</summary>
    internal static async Task RoundsAsync(IReadOnlyList<Contender> contenders, int runs)
    {
        foreach (Contender contender in contenders) await contender.Run();
        for (int round = 0; round < runs; round++)
        {
            // In turns from both ends: what comes first must not always be the same.
            foreach (Contender contender in round % 2 == 0 ? contenders : contenders.Reverse())
            {
                long started = Stopwatch.GetTimestamp();
                TimeSpan? own = await contender.Run();
                contender.Times.Add(own ?? Stopwatch.GetElapsedTime(started));
            }
        }
    }
}
