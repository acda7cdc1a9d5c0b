using BenchmarkDotNet.Running;
using MirrorValidate.Benchmarks.Content;
using MirrorValidate.Benchmarks.EndToEnd;
using MirrorValidate.Benchmarks.Parts;

// parts [BenchmarkDotNet arguments]   the pieces: parsing, reading, comparing, with allocations
// end-to-end [--help]                 whole runs beside other tools, as ratios
// content [--help]                    -Depth Content of a large image beside curl | sha256sum
switch (args.FirstOrDefault())
{
    case "parts":
        BenchmarkSwitcher.FromAssembly(typeof(ReadingBenchmarks).Assembly).Run(args[1..]);
        return 0;
    case "end-to-end":
        return await EndToEndBenchmark.RunAsync(args[1..]);
    case "content":
        return await ContentBenchmark.RunAsync(args[1..]);
    default:
        Console.Error.WriteLine("usage: parts [BenchmarkDotNet arguments] | end-to-end [--help] | content [--help]");
        return 2;
}
