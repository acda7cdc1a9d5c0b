using System.Diagnostics;
using MirrorValidate.Tests.Processes;

namespace MirrorValidate.Tests.Results;

/// <summary>Says in a file what a part of the tests ran and how long it took; <c>.ci/run</c> prints it.</summary>
internal static class PartNote
{
    private static readonly Lock _lock = new();

    private static string Folder { get; } =
        Directory.CreateDirectory(Path.Combine(BuildValues.RepositoryRoot, "artifacts", "tests")).FullName;

    /// <summary>Runs a part and notes its figures.</summary>
    internal static async Task<T> WriteAsync<T>(
        string part, Func<Task<T>> run, Func<T, IEnumerable<TestResult>> results)
    {
        var watch = Stopwatch.StartNew();
        T result = await run();
        string counts = string.Join(
            ", ",
            results(result).CountBy(test => test.Result)
                .Select(pair => $"{pair.Value} {pair.Key.ToLowerInvariant()}"));
        lock (_lock)
        {
            File.WriteAllText(
                Path.Combine(Folder, part + ".txt"), $"{part}: {counts}, {watch.Elapsed.TotalSeconds:0} s\n");
        }

        return result;
    }
}
