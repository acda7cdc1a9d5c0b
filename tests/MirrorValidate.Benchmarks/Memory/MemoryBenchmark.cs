using System.Diagnostics;
using System.Globalization;
using MirrorValidate.Benchmarks.EndToEnd;

namespace MirrorValidate.Benchmarks.Memory;

/// <summary>
/// Compares the peak memory of a process that validates a long list with that for a short list. Results are discarded,
/// or kept in a result file.
/// The long list repeats the images of the short one, so that the cost of lines is measured, not that of registries.
/// </summary>
internal static class MemoryBenchmark
{
    internal const string Usage = "memory [LINES]: lines of the long list (default 1000000); the short one has 1000";

    private const int ShortList = 1000;

    internal static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        int lines = 1_000_000;
        if (arguments.Count > 1
            || (arguments.Count == 1
                && !int.TryParse(arguments[0], NumberStyles.None, CultureInfo.InvariantCulture, out lines)))
        {
            Console.WriteLine(Usage);
            return 2;
        }

        await using MirroredImages images = await MirroredImages.CreateAsync(
            new EndToEndOptions { Images = ShortList, Latency = TimeSpan.Zero });
        string longList = Path.Combine(images.WorkDirectory, "long.txt");
        string[] all = await File.ReadAllLinesAsync(images.ListPath);
        await File.WriteAllLinesAsync(longList, Enumerable.Range(0, lines).Select(number => all[number % all.Length]));
        string pwsh = await InstalledPwsh.PublishAsync();
        foreach (string files in new[] { "", " -ResultPath results.jsonl -Force" })
        {
            (double shortPeak, TimeSpan shortTime) =
                await MeasureAsync(pwsh, images.ListPath, files, images.WorkDirectory);
            (double longPeak, TimeSpan longTime) = await MeasureAsync(pwsh, longList, files, images.WorkDirectory);
            Console.WriteLine($"Test-MirrorImage -f LIST -j 20 -NoFailedList{files}");
            Print($"{ShortList,9} lines {shortPeak,8:F0} MiB {shortTime.TotalSeconds,8:F1} s");
            Print($"{lines,9} lines {longPeak,8:F0} MiB {longTime.TotalSeconds,8:F1} s");
            Print($"growth          {longPeak - shortPeak,8:F0} MiB");
        }

        return 0;
    }

    private static void Print(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));

    private static async Task<(double PeakMiB, TimeSpan Time)> MeasureAsync(
        string pwsh, string list, string files, string directory)
    {
        string command = $"Test-MirrorImage -f '{list}' -j 20 -NoFailedList{files} | "
            + "Where-Object Status -ne Passed | ForEach-Object { throw $_.Message }";
        long started = Stopwatch.GetTimestamp();
        using Process process = Process.Start(
            new ProcessStartInfo(pwsh, InstalledPwsh.Arguments(command)) { WorkingDirectory = directory })!;
        long peak = 0;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!process.HasExited && await timer.WaitForNextTickAsync())
        {
            process.Refresh();
            if (!process.HasExited) peak = Math.Max(peak, process.PeakWorkingSet64);
        }

        return process.ExitCode == 0
            ? (peak / 1024.0 / 1024.0, Stopwatch.GetElapsedTime(started))
            : throw new InvalidOperationException("the benchmark's images did not pass");
    }
}
