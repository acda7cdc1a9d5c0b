using System.Runtime.CompilerServices;

namespace MirrorValidate.Tests.Waiting;

/// <summary>
/// How long tests wait for what must come: much longer than it takes, and shorter than what would come instead.
/// </summary>
internal static class Patience
{
    internal static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    /// <summary>Waits until something is so; fails when it takes too long.</summary>
    /// <param name="isSo">Whether it is.</param>
    /// <param name="what">What it is, for the message.</param>
    /// <param name="limit">How long to wait. The default is <see cref="Long"/>.</param>
    internal static async Task UntilAsync(
        Func<bool> isSo, [CallerArgumentExpression(nameof(isSo))] string what = "", TimeSpan? limit = null)
    {
        using var end = new CancellationTokenSource(limit ?? Long);
        while (!isSo())
        {
            Assert.False(end.IsCancellationRequested, $"waited in vain for this: {what}");
            // Nothing tells when it becomes so.
            await Task.Delay(TimeSpan.FromMilliseconds(5));
        }
    }
}
