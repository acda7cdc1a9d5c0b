namespace MirrorValidate.Pester.Tests;

/// <summary>Reports each test of tests/Pester, which check what a user sees in a real pwsh.</summary>
public sealed class PesterTests
{
    // xUnit needs a synchronous member for the cases of a theory.
    private static readonly Lazy<PesterRun> Run = new(() => Task.Run(PesterRun.StartAsync).GetAwaiter().GetResult());

    public static TheoryData<PesterResult> Results => [.. Run.Value.Results];

    // Without this the suite would run once more during test discovery.
    [SkippableTheory]
    [MemberData(nameof(Results), DisableDiscoveryEnumeration = true)]
    public void Pester(PesterResult test)
    {
        Skip.If(test.Result == "Skipped", test.Message is "" ? "skipped by its own condition" : test.Message);
        Assert.True(test.Result == "Passed", $"{test.Result}: {test.Message}");
    }

    [Fact]
    public void Every_file_could_be_read_and_the_exit_code_tells_of_failures()
    {
        bool isGood = Run.Value.Results.All(test => test.Result is "Passed" or "Skipped");
        Assert.True(Run.Value.ExitCode == (isGood ? 0 : 1), Run.Value.Output);
        string[] files =
            [.. Directory.GetFiles(PesterRun.Folder, "*.Tests.ps1").Select(path => Path.GetFileName(path)!)];
        Assert.Equal(
            files.Order(StringComparer.Ordinal),
            Run.Value.Results.Select(test => test.File).Distinct().Order(StringComparer.Ordinal));
    }
}
