namespace MirrorValidate.Benchmarks.EndToEnd;

/// <summary>Something to measure.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="Run">Runs it once. Returns the time if it measures that itself.</param>
internal sealed record Contender(string Name, Func<Task<TimeSpan?>> Run)
{
    /// <summary>The times so far.</summary>
    internal List<TimeSpan> Times { get; } = [];

    internal TimeSpan Median => Times.Order().ElementAt(Times.Count / 2);
}
