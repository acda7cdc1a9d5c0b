using System.Diagnostics;
using System.Text.Json;
using MirrorValidate.Tests.Processes;
using MirrorValidate.Tests.Results;

namespace MirrorValidate.DotNet8.Tests;

/// <summary>Runs the tests of Core on .NET 8, the runtime of PowerShell 7.4, and reports each.</summary>
public sealed class CoreTests
{
    /// <summary>Only reached by a hang: the run takes a few minutes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    // xUnit needs a synchronous member for the cases of a theory.
    private static readonly Lazy<IReadOnlyList<TestResult>> Run =
        new(() => Task.Run(StartAsync).GetAwaiter().GetResult());

    public static TheoryData<TestResult> Results => [.. Run.Value];

    [SkippableTheory]
    [MemberData(nameof(Results), DisableDiscoveryEnumeration = true)]
    public void Core(TestResult test) => test.Report();

    private static Task<IReadOnlyList<TestResult>> StartAsync() => PartNote.WriteAsync(
        "Core's tests on .NET 8",
        async () =>
        {
            string results = Path.GetTempFileName();
            try
            {
                string dotnet = BuildValues.Get("DotNet8");
                string[] arguments = [BuildValues.Get("TestRunner"), BuildValues.Get("CoreTests"), results];
                var start = new ProcessStartInfo(dotnet, arguments) { RedirectStandardOutput = true };
                // What the tests start themselves runs on .NET 8, too.
                start.Environment["DOTNET_HOST_PATH"] = dotnet;
                using var process = Process.Start(start)!;
                string output = await process.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
                await process.WaitForExitAsync();
                Assert.StartsWith(".NET 8.", output.Split('\n')[^2], StringComparison.Ordinal);
                Assert.InRange(process.ExitCode, 0, 1);
                return (IReadOnlyList<TestResult>)
                    [.. File.ReadLines(results).Select(line => JsonSerializer.Deserialize<TestResult>(line)!)];
            }
            finally
            {
                File.Delete(results);
            }
        },
        run => run);
}
