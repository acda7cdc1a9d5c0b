using System.Collections.Concurrent;
using MirrorValidate.Tests.Processes;
using MirrorValidate.Tests.Results;
using MirrorValidate.Windows.Tests.Wine;

namespace MirrorValidate.Windows.Tests;

/// <summary>
/// Runs the unit tests that depend on the system on Windows, and reports each: files, paths, lists, credentials,
/// helpers, stores, logs, result files, and the connections of .NET for Windows.
/// </summary>
public sealed class UnitTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static readonly Lazy<IReadOnlyDictionary<string, TestResult[]>> Run =
        new(() => Task.Run(StartAsync).GetAwaiter().GetResult());

    public static TheoryData<TestResult> Results => WinePrefix.SkipReason is null ? [.. Of(Run.Value)] : [];

    [WineTheory]
    [MemberData(nameof(Results), DisableDiscoveryEnumeration = true)]
    public void Unit(TestResult test)
    {
        string? fault = FaultOf(test);
        if (fault is not null && test.Result == "Failed") Skip.If(true, fault);
        Assert.True(fault is null || test.Result != "Passed", "It passes now: take it off the list of faults.");
        test.Report();
    }

    [WineFact]
    public void Every_class_ran() => Assert.All(Run.Value, ran => Assert.NotEmpty(ran.Value));

    private static string? FaultOf(TestResult test) => UnitTestClasses.Faults
        .FirstOrDefault(pair => test.Name.Contains(pair.Key, StringComparison.Ordinal)).Value;

    private static IEnumerable<TestResult> Of(IReadOnlyDictionary<string, TestResult[]> run) =>
        run.Values.SelectMany(tests => tests).OrderBy(test => test.Name, StringComparer.Ordinal);

    private static Task<IReadOnlyDictionary<string, TestResult[]>> StartAsync() => PartNote.WriteAsync(
        "Unit tests under Wine",
        async () =>
        {
            await using WinePrefix wine = await WinePrefix.CreateAsync();
            var results = new ConcurrentDictionary<string, TestResult[]>();
            var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount };
            IEnumerable<(string, string)> classes =
                UnitTestClasses.All.SelectMany(tests => tests.Classes.Select(name => (tests.Assembly, name)));
            await Parallel.ForEachAsync(classes, options, async (one, _) =>
            {
                (string assembly, string name) = one;
                results[$"{assembly}.{name}"] = await RunAsync(wine, assembly, name);
            });
            return (IReadOnlyDictionary<string, TestResult[]>)results;
        },
        Of);

    // A process for each class, so that one that does not end costs no other.
    private static async Task<TestResult[]> RunAsync(WinePrefix wine, string assembly, string name)
    {
        string results = Path.Combine(wine.Scratch, $"{assembly}.{name}");
        string[] paths = [BuildValues.Get("TestRunner"), BuildValues.Get(assembly), results];
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                ProcessOutput output =
                    await wine.RunDotNetAsync([.. paths.Select(WinePrefix.WindowsPath), name], Patience);
                Assert.True(output.ExitCode is 0 or 1, $"{name}: {output.ExitCode}: {output.Output}{output.Error}");
                TestResult[] tests = TestResult.Read(results);
                // In some runs under Wine a connection breaks, and .NET sends the request again, which tests that count
                // requests notice. A test of ours that fails does so twice.
                if (attempt > 1 || tests.All(test => test.Result != "Failed" || FaultOf(test) is not null))
                    return tests;
            }
            catch (TimeoutException) when (attempt == 1)
            {
                // Wine again: a test of ours that hangs does so twice.
            }
        }
    }
}
