using System.Diagnostics;

namespace MirrorValidate.Benchmarks.EndToEnd;

/// <summary>Takes times side by side: each round runs every contender once, so that a machine that grows slow is slow for all.</summary>
internal static class Measure
{
    /// <summary>Runs every contender once to warm up, then in rounds.</summary>
    internal static async Task RoundsAsync(IReadOnlyList<Contender> contenders, int runs)
    {
        foreach (Contender contender in contenders) await contender.Run();
        for (int round = 0; round < runs; round++)
        {
            foreach (Contender contender in contenders)
            {
                long started = Stopwatch.GetTimestamp();
                TimeSpan? own = await contender.Run();
                contender.Times.Add(own ?? Stopwatch.GetElapsedTime(started));
            }
        }
    }
}
