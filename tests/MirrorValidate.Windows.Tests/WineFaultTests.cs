using MirrorValidate.Tests.Processes;
using MirrorValidate.Windows.Tests.Wine;

namespace MirrorValidate.Windows.Tests;

/// <summary>
/// Faults of Wine that tests fail by, each shown by the same call from a script that uses nothing of ours. A fault that
/// is gone fails here: then its tests can be required. docs/windows.md names them.
/// </summary>
public sealed class WineFaultTests
{
    internal const string MakesNoCurveKeys = "Wine makes no keys of elliptic curves";

    private static readonly Lazy<ProcessOutput> Run = new(() => Task.Run(StartAsync).GetAwaiter().GetResult());

    [WineTheory]
    [InlineData("replaces no open file")]
    [InlineData("makes no keys of elliptic curves")]
    [InlineData("writes to a read-only file as root")]
    public void Wine(string fault) => Assert.True(Run.Value.Lines.Contains(fault), Run.Value.Output + Run.Value.Error);

    private static async Task<ProcessOutput> StartAsync()
    {
        await using WinePrefix wine = await WinePrefix.CreateAsync();
        return await wine.RunScriptAsync(
            Path.Combine(BuildValues.RepositoryRoot, "tests", "MirrorValidate.Windows.Tests", "WineFaults.ps1"), []);
    }
}
