namespace MirrorValidate.PowerShell.Tests.Hosting;

/// <summary>Waits for what another thread is about to do.</summary>
public static class Eventually
{
    /// <summary>Returns as soon as a condition holds; fails when that takes longer than a test should hang.</summary>
    public static async Task HoldsAsync(Func<bool> condition, string what)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!condition())
        {
            Assert.False(patience.IsCancellationRequested, $"waited in vain for this: {what}");
            await Task.Delay(10);
        }
    }
}
