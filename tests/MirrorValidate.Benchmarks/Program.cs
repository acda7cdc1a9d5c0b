using BenchmarkDotNet.Running;
using MirrorValidate.Benchmarks.EndToEnd;
using MirrorValidate.Benchmarks.Parts;

// parts [BenchmarkDotNet arguments]   the pieces: parsing, reading, comparing, with allocations
// end-to-end [--help]                 whole runs beside other tools, as ratios
switch (args.FirstOrDefault())
{
    case "parts":
        BenchmarkSwitcher.FromAssembly(typeof(ReadingBenchmarks).Assembly).Run(args[1..]);
        return 0;
    case "end-to-end":
        return await EndToEndBenchmark.RunAsync(args[1..]);
    default:
        Console.Error.WriteLine("usage: parts [BenchmarkDotNet arguments] | end-to-end [--help]");
        return 2;
}
