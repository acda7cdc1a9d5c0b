using System.Globalization;
using MirrorValidate.Benchmarks.EndToEnd;

namespace MirrorValidate.Benchmarks.LongRuns;

/// <summary>
/// What a result file costs: a run with one against a run without, in turns, and how long it takes to find out that
/// everything has passed before.
/// </summary>
internal static class LongRunBenchmark
{
    internal const string Usage =
        "long-runs [IMAGES [LATENCY]]: the images of a run (default 10000), and what registries wait in ms (default 0)";

    private const int Runs = 10;
    private const int Throttle = 20;

    // The entries of the resumed run for each image.
    private const int Repeats = 10;

    internal static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        int[] numbers = [10_000, 0];
        if (arguments.Count > numbers.Length || !arguments.Index().All(one => int.TryParse(
            one.Item, NumberStyles.None, CultureInfo.InvariantCulture, out numbers[one.Index])))
        {
            Console.WriteLine(Usage);
            return 2;
        }

        int count = numbers[0];
        await using MirroredImages images = await MirroredImages.CreateAsync(
            new EndToEndOptions { Images = count, Latency = TimeSpan.FromMilliseconds(numbers[1]) });
        using var module = new WarmModule();
        int files = 0;
        var without = new Contender("a run", () => RunAsync(() => module.Validate(images.ListPath, Throttle)));
        var with = new Contender("a run with -ResultPath", () => RunAsync(() =>
            module.Validate(
                images.ListPath, Throttle, Path.Combine(images.WorkDirectory, $"results-{++files}.jsonl"))));
        await Measure.RoundsAsync([without, with], Runs);
        Print(with, without);

        // More entries of the same images: a comment makes a line another entry.
        string[] lines = await File.ReadAllLinesAsync(images.ListPath);
        string longList = Path.Combine(images.WorkDirectory, "long.txt");
        await File.WriteAllLinesAsync(
            longList, Enumerable.Range(0, Repeats).SelectMany(n => lines.Select(line => $"{line} # {n}")));
        string longResults = Path.Combine(images.WorkDirectory, "long.jsonl");
        module.Validate(longList, Throttle, longResults);
        var resumed = new Contender("a run", () => RunAsync(() => module.Validate(longList, Throttle, longResults)));
        await Measure.RoundsAsync([resumed], Runs);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"a resumed run of {count * Repeats} entries that passed before: {resumed.Median.TotalSeconds:F2} s"));
        return 0;
    }

    private static void Print(Contender with, Contender without)
    {
        foreach (Contender contender in new[] { without, with })
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{contender.Name,-24} {contender.Median.TotalSeconds,8:F3} s"));
        }

        // Of neighbours, so that what slows the machine down for a while is in both.
        double ratio = with.Times.Zip(without.Times, (one, other) => one / other).Order().ElementAt(Runs / 2);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{ratio,6:F3} = {with.Name} / {without.Name}, median of {Runs} pairs"));
    }

    private static Task<TimeSpan?> RunAsync(Action run)
    {
        run();
        return Task.FromResult<TimeSpan?>(null);
    }
}
