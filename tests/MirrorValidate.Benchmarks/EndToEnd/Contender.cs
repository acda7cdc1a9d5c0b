namespace MirrorValidate.Benchmarks.EndToEnd;

/// <summary>Something whose time is taken.</summary>
/// <param name="Name">What it is called in the table.</param>
/// <param name="Run">Runs it once; gives the time where it measures that itself.</param>
internal sealed record Contender(string Name, Func<Task<TimeSpan?>> Run)
{
    /// <summary>The times so far.</summary>
    internal List<TimeSpan> Times { get; } = [];

    internal TimeSpan Median => Times.Order().ElementAt(Times.Count / 2);
}
