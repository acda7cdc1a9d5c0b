namespace MirrorValidate.Core.Tests;

/// <summary>
/// How long tests wait for what must come: much longer than it takes, and shorter than what would come instead.
/// </summary>
internal static class Patience
{
    internal static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    /// <summary>Waits until something is so.</summary>
    internal static async Task UntilAsync(Func<bool> isSo)
    {
        using var end = new CancellationTokenSource(Long);
        while (!isSo()) await Task.Delay(TimeSpan.FromMilliseconds(5), end.Token);
    }
}
