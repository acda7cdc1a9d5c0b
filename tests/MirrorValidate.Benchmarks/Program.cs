using BenchmarkDotNet.Running;
using MirrorValidate.Benchmarks.Content;
using MirrorValidate.Benchmarks.EndToEnd;
using MirrorValidate.Benchmarks.LongRuns;
using MirrorValidate.Benchmarks.Memory;
using MirrorValidate.Benchmarks.Parts;

// parts [BenchmarkDotNet arguments]   single parts: parsing, reading, comparing, with allocations
// end-to-end [--help]                 whole runs, compared with other tools, as ratios
// memory [LINES]                      the memory of a long list, compared with that of a short one
// long-runs [IMAGES [LATENCY]]        what -ResultPath and -Resume cost
// content [--help]                    -Depth Content of a large image, compared with curl | sha256sum
switch (args.FirstOrDefault())
{
    case "parts":
        BenchmarkSwitcher.FromAssembly(typeof(ReadingBenchmarks).Assembly).Run(args[1..]);
        return 0;
    case "end-to-end":
        return await EndToEndBenchmark.RunAsync(args[1..]);
    case "memory":
        return await MemoryBenchmark.RunAsync(args[1..]);
    case "long-runs":
        return await LongRunBenchmark.RunAsync(args[1..]);
    case "content":
        return await ContentBenchmark.RunAsync(args[1..]);
    default:
        Console.Error.WriteLine(
            "usage: parts [BenchmarkDotNet arguments] | end-to-end [--help] | memory [LINES] | "
            + "long-runs [IMAGES [LATENCY]] | content [--help]");
        return 2;
}
