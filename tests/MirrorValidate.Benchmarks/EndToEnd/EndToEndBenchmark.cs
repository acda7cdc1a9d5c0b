using System.Globalization;
using System.Text.Json;

namespace MirrorValidate.Benchmarks.EndToEnd;

/// <summary>Whole runs, compared with other tools.</summary>
internal static class EndToEndBenchmark
{
    internal static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        if (EndToEndOptions.Parse(arguments) is not { } options)
        {
            Console.WriteLine(EndToEndOptions.Usage);
            return 2;
        }

        await using MirroredImages images = await MirroredImages.CreateAsync(options);
        using var module = new WarmModule();
        List<Contender> contenders =
            [.. Contenders.Create(images, module, await InstalledPwsh.PublishAsync(), options)];
        await Measure.RoundsAsync(contenders, options.Runs);
        Print(contenders, options, options.Latency is null ? null : await images.MeasureRoundTripAsync());
        if (options.JsonFile is not null) await File.WriteAllTextAsync(options.JsonFile, ToJson(contenders, options));
        return 0;
    }

    private static void Print(List<Contender> contenders, EndToEndOptions options, TimeSpan? roundTrip)
    {
        TimeSpan warm = contenders.Single(contender => contender.Name == Contenders.Warm).Median;
        string registries = options.Latency is { } latency
            ? $"embedded registries, {latency.TotalMilliseconds} ms latency"
            : "two docker-registry";
        Console.WriteLine(
            $"{options.Images} images, throttle {options.Throttle}, {registries}; medians of {options.Runs}; "
            + "cold: pwsh compiled ahead of time");
        foreach (Contender contender in contenders)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{contender.Name,-40} {contender.Median.TotalSeconds,8:F3} s {contender.Median / warm,8:F2} x warm"));
        }

        Console.WriteLine();
        Dictionary<string, TimeSpan> medians = contenders.ToDictionary(
            contender => contender.Name, contender => contender.Median);
        Ratio(Contenders.Warm, Contenders.Wrk);
        Ratio(Contenders.OneAtATime, Contenders.Warm);
        Ratio(Contenders.Cold, Contenders.Skopeo);
        Ratio(Contenders.Cold, Contenders.Hangar);
        Ratio(Contenders.Cold, Contenders.Regsync);
        PrintLine(
            "first image after the start of pwsh, import included",
            medians[Contenders.First] - medians[Contenders.Start]);
        if (roundTrip is not { } trip) return;
        TimeSpan bound = trip * 2 * Math.Ceiling(options.Images / (double)options.Throttle);
        PrintLine("round trip of one request, measured", trip);
        PrintLine("round-trip bound", bound);
        medians.Add("round-trip bound", bound);
        Ratio(Contenders.Warm, "round-trip bound");

        void Ratio(string one, string other)
        {
            if (!medians.TryGetValue(other, out TimeSpan time)) return;
            Console.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"{medians[one] / time,6:F2} = {one} / {other}"));
        }
    }

    private static void PrintLine(string name, TimeSpan time) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-40} {time.TotalSeconds,8:F3} s"));

    private static string ToJson(List<Contender> contenders, EndToEndOptions options) => JsonSerializer.Serialize(
        new
        {
            options.Images,
            options.Throttle,
            LatencyMilliseconds = options.Latency?.TotalMilliseconds,
            Seconds = contenders.ToDictionary(
                contender => contender.Name, contender => contender.Times.Select(time => time.TotalSeconds)),
        },
        Indented);

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
}
