using System.Diagnostics;
using MirrorValidate.Tests.Processes;
using MirrorValidate.Tests.Results;

namespace MirrorValidate.DotNet8.Tests;

/// <summary>Runs the tests of Core on .NET 8, the runtime of PowerShell 7.4, and reports each.</summary>
public sealed class CoreTests
{
    /// <summary>Only reached by a hang: the run takes a few minutes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    // xUnit needs a synchronous member for the cases of a theory.
    private static readonly Lazy<TestResult[]> Run =
        new(() => Task.Run(StartAsync).GetAwaiter().GetResult());

    public static TheoryData<TestResult> Results => [.. Run.Value];

    [SkippableTheory]
    [MemberData(nameof(Results), DisableDiscoveryEnumeration = true)]
    public void Core(TestResult test) => test.Report();

    private static Task<TestResult[]> StartAsync() => PartNote.WriteAsync(
        "Core's tests on .NET 8",
        async () =>
        {
            string results = Path.GetTempFileName();
            try
            {
                string output = await RunAsync(results);
                Assert.Matches(@"(?m)^\.NET 8\.\S+: \d+ tests, ", output);
                return TestResult.Read(results);
            }
            finally
            {
                File.Delete(results);
            }
        },
        run => run);

    private static async Task<string> RunAsync(string results)
    {
        // The tests start programs by `dotnet`, which .NET looks for beside the program that runs: .NET 8 again.
        var start = new ProcessStartInfo(
            BuildValues.Get("DotNet8"), [BuildValues.Get("TestRunner"), BuildValues.Get("CoreTests"), results])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        try
        {
            return await process.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }
}
