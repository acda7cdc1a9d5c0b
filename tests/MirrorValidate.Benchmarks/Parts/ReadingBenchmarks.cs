using BenchmarkDotNet.Attributes;
using MirrorValidate.Embedded.Images;
using MirrorValidate.ImageLists;
using MirrorValidate.Manifests;
using MirrorValidate.References;

namespace MirrorValidate.Benchmarks.Parts;

/// <summary>The work for each line and each answer.</summary>
[MemoryDiagnoser]
public class ReadingBenchmarks
{
    private readonly BuiltManifest _list = SampleImages.DockerList("benchmark");
    private readonly BuiltManifest _wide = SampleImages.WideIndex("benchmark", 10_000);
    private readonly string _name = "registry.example.com:5000/library/a/b/alpine:3.20";
    private readonly string _text = string.Concat(
        Enumerable.Range(0, 10_000).Select(n => $"registry.example/library/image{n} mirror/image{n} v{n}\n"));

    [Benchmark]
    public object Reference() => ImageReference.Parse(_name);

    [Benchmark]
    public object DigestOfText() => Digest.Parse(_list.Digest);

    [Benchmark(OperationsPerInvoke = 10_000)]
    public int ImageList()
    {
        int count = 0;
        using var reader = new StringReader(_text);
        foreach (ImageListLine line in ImageListReader.Read(reader)) count += MirrorImage.Parse(line).Tag.Length;
        return count;
    }

    [Benchmark]
    public object ManifestList() => ManifestReader.Read(_list.Content, _list.MediaType);

    [Benchmark]
    public object IndexOfTenThousand() => ManifestReader.Read(_wide.Content, _wide.MediaType);
}
