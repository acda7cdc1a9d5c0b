using System.Collections.Concurrent;
using System.Text.Json;
using MirrorValidate.Tests.Processes;
using MirrorValidate.Tests.Results;
using MirrorValidate.Windows.Tests.Wine;

namespace MirrorValidate.Windows.Tests;

/// <summary>
/// Runs the tests of Core that depend on the system on Windows, and reports each: files, paths, lists, credentials,
/// helpers, stores, logs, and the connections of .NET for Windows.
/// </summary>
public sealed class CoreTests
{
    private static readonly string[] Classes =
    [
        // Lists and the files that are written. Not FailedListTests: one reads the list while it is replaced, which
        // Wine refuses (WineFaultTests), and the class then does not end. Pester's tests of the failed list run there.
        "CsvListTests", "DetectionTests", "DocumentFormatTests", "FailedListConcurrencyTests",
        "ImageListReaderTests", "ImageSyncerListTests", "ListHintTests", "ListLineTests", "MirrorImageParseTests",
        "MirrorImageResolveTests", "MisplacedValueTests", "OcMirrorListTests", "RegistryMapTests", "RegSyncListTests",
        "SkopeoSyncListTests", "LogEventTests",
        // Names, which are no paths.
        "DigestTests", "ImageNameTests", "ImageReferenceTests", "PrintableTests", "RegistryHostTests",
        // Stores on disk.
        "ArchiveDamageTests", "DamageTests", "HostileTests", "NameTests", "SavingTests", "ShapeTests", "TarTests",
        // Credential files, helpers and what is asked for them.
        "CredentialFileDefaultsTests", "CredentialFileFormatTests", "CredentialFileTests",
        "CredentialHelperAnswerTests", "CredentialHelperTests", "HiddenLoginTests",
        "RegistryCredentialTests", "TokenAnswerTests", "TokenRefusalTests", "TokenTests",
        // Connections.
        "AddressPolicyTests", "InvalidHttpTests", "NoProxyListTests", "ProxyAnswerTests", "RedirectTests",
        "TagListTests",
    ];

    /// <summary>
    /// Tests that fail by a fault of Wine, which <see cref="WineFaultTests"/> shows without our code.
    /// </summary>
    private static readonly Dictionary<string, string> Faults = new()
    {
        ["SavingTests.What_was_saved_takes_the_place_of_the_source"] = WineFaultTests.MakesNoCurveKeys,
    };

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static readonly Lazy<IReadOnlyList<TestResult>> Run =
        new(() => Task.Run(StartAsync).GetAwaiter().GetResult());

    public static TheoryData<TestResult> Results => WinePrefix.SkipReason is null ? [.. Run.Value] : [];

    [WineTheory]
    [MemberData(nameof(Results), DisableDiscoveryEnumeration = true)]
    public void Core(TestResult test)
    {
        string? fault = Faults.FirstOrDefault(pair => test.Name.Contains(pair.Key, StringComparison.Ordinal)).Value;
        if (fault is not null && test.Result == "Failed") Skip.If(true, fault);
        Assert.True(fault is null || test.Result != "Passed", "It passes now: take it off the list of faults.");
        test.Report();
    }

    [WineFact]
    public void Every_class_ran() => Assert.Equal(
        Classes.Order(StringComparer.Ordinal),
        Run.Value.Select(test => test.File).Distinct().Order(StringComparer.Ordinal));

    private static Task<IReadOnlyList<TestResult>> StartAsync() => PartNote.WriteAsync(
        "Core's tests under Wine",
        async () =>
        {
            await using WinePrefix wine = await WinePrefix.CreateAsync();
            var results = new ConcurrentBag<TestResult>();
            var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount };
            await Parallel.ForEachAsync(Classes, options, async (name, _) =>
            {
                foreach (TestResult result in await RunAsync(wine, name)) results.Add(result);
            });
            return (IReadOnlyList<TestResult>)[.. results.OrderBy(test => test.Name, StringComparer.Ordinal)];
        },
        run => run);

    // A process for each class, so that one that does not end costs no other.
    private static async Task<TestResult[]> RunAsync(WinePrefix wine, string name)
    {
        string results = Path.Combine(wine.Scratch, name);
        string[] paths = [BuildValues.Get("TestRunner"), BuildValues.Get("CoreTests"), results];
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                ProcessOutput output =
                    await wine.RunDotNetAsync([.. paths.Select(WinePrefix.WindowsPath), name], Patience);
                Assert.True(output.ExitCode is 0 or 1, $"{name}: {output.ExitCode}: {output.Output}{output.Error}");
                return [.. File.ReadLines(results).Select(line => JsonSerializer.Deserialize<TestResult>(line)!)];
            }
            catch (TimeoutException) when (attempt == 1)
            {
                // Wine again: a test of ours that hangs does so twice.
            }
        }
    }
}
