using MirrorValidate.Tests.Results;
using MirrorValidate.Windows.Tests.Wine;

namespace MirrorValidate.Windows.Tests;

/// <summary>Reports each test of tests/Pester in PowerShell for Windows.</summary>
public sealed class PesterTests
{
    private static readonly Lazy<PesterRun> Run = new(() => Task.Run(StartAsync).GetAwaiter().GetResult());

    public static TheoryData<TestResult> Results => WinePrefix.SkipReason is null ? [.. Run.Value.Results] : [];

    [WineTheory]
    [MemberData(nameof(Results), DisableDiscoveryEnumeration = true)]
    public void Pester(TestResult test) => test.Report();

    [WineFact]
    public void Every_file_could_be_read_and_the_exit_code_tells_of_failures() => Run.Value.CheckWhole();

    private static Task<PesterRun> StartAsync() => PartNote.WriteAsync(
        "Pester under Wine",
        async () =>
        {
            await using WinePrefix wine = await WinePrefix.CreateAsync();
            await using var starter = new RegistryStarter();
            return await PesterRun.StartAsync(results => wine.RunScriptAsync(
                PesterRun.Script,
                ["-ResultPath", WinePrefix.WindowsPath(results)],
                new Dictionary<string, string> { ["MIRRORVALIDATE_REGISTRY_STARTER"] = starter.Address }));
        },
        run => run.Results);
}
