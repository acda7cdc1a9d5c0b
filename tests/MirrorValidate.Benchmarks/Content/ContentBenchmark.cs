using System.Globalization;
using MirrorValidate.Benchmarks.EndToEnd;

namespace MirrorValidate.Benchmarks.Content;

/// <summary>
/// Compares <c>-Depth Content</c> on a large image with <c>curl | sha256sum</c> on its layers, in turns. Source and
/// destination are the same image, so that nothing else is measured.
/// </summary>
internal static class ContentBenchmark
{
    internal static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        if (ContentOptions.Parse(arguments) is not { } options)
        {
            Console.WriteLine(ContentOptions.Usage);
            return 2;
        }

        await using LargeImage image = await LargeImage.CreateAsync(options);
        using var module = new WarmModule();
        string script = string.Join(" && ", image.LayerAddresses.Select(address => $"curl -sf {address} | sha256sum"));
        long growth = 0;
        var product = new Contender("Test-MirrorImage -Depth Content", () =>
        {
            using var memory = new MemoryPeak();
            module.ValidateContent(image.Name, LargeImage.Tag);
            growth = Math.Max(growth, memory.Growth);
            return Task.FromResult<TimeSpan?>(null);
        });
        var reference = new Contender("curl | sha256sum", async () =>
        {
            await ToolProcess.RunAsync("/bin/sh", ["-c", script]);
            return null;
        });
        await Measure.RoundsAsync([product, reference], options.Runs);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{options.Size} MiB in {options.Layers} layer(s), one docker-registry; medians of {options.Runs}"));
        foreach (Contender contender in new[] { product, reference })
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{contender.Name,-40} {contender.Median.TotalSeconds,8:F3} s "
                + $"{options.Size / contender.Median.TotalSeconds,8:F0} MiB/s   "
                + $"{string.Join(' ', contender.Times.Select(time => time.TotalSeconds.ToString("F2", CultureInfo.InvariantCulture)))}"));
        }

        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{"ratio",-40} {product.Median / reference.Median,8:F2} x curl | sha256sum"));
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture, $"{"growth of memory",-40} {growth / 1024.0 / 1024.0,8:F0} MiB at most"));
        return 0;
    }
}
