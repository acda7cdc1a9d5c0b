using MirrorValidate.Tests.Processes;
using MirrorValidate.Tests.Results;

namespace MirrorValidate.Pester.Tests;

/// <summary>Reports each test of tests/Pester, which check what a user sees in a real pwsh.</summary>
public sealed class PesterTests
{
    // xUnit needs a synchronous member for the cases of a theory.
    private static readonly Lazy<PesterRun> Run = new(() => Task.Run(StartAsync).GetAwaiter().GetResult());

    public static TheoryData<TestResult> Results => [.. Run.Value.Results];

    // Without this the suite would run once more during test discovery.
    [SkippableTheory]
    [MemberData(nameof(Results), DisableDiscoveryEnumeration = true)]
    public void Pester(TestResult test) => test.Report();

    [Fact]
    public void Every_file_could_be_read_and_the_exit_code_tells_of_failures() => Run.Value.CheckWhole();

    private static Task<PesterRun> StartAsync() => PesterRun.StartAsync(async results =>
    {
        await using DotNetProcess pwsh = DotNetProcess.Start(
            BuildValues.Pwsh, ["-NoProfile", "-NonInteractive", "-File", PesterRun.Script, "-ResultPath", results]);
        return await pwsh.EndInputAsync();
    });
}
