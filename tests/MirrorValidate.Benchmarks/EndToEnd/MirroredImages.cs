using System.Diagnostics;
using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;
using MirrorValidate.RealRegistry.Tests.Fixtures;

namespace MirrorValidate.Benchmarks.EndToEnd;

/// <summary>Two registries with the same images, and their image list.</summary>
internal sealed class MirroredImages : IAsyncDisposable
{
    private const string Tag = "v1";

    private readonly IReadOnlyList<IAsyncDisposable> _registries;
    private readonly TemporaryDirectory _directory = new();

    private MirroredImages(IReadOnlyList<IAsyncDisposable> registries, string source, string destination, int count)
    {
        _registries = registries;
        Source = source;
        Destination = destination;
        Count = count;
        File.WriteAllLines(
            ListPath,
            Enumerable.Range(0, count).Select(n => $"{source}/{Repository(n)} {destination}/{Repository(n)} {Tag}"));
    }

    internal string Source { get; }

    internal string Destination { get; }

    internal int Count { get; }

    /// <summary>The image list.</summary>
    internal string ListPath => _directory["list.txt"];

    /// <summary>The working directory of the tools.</summary>
    internal string WorkDirectory => _directory.Path;

    /// <summary>The references of both sides of every image.</summary>
    internal IEnumerable<string> References => Enumerable.Range(0, Count)
        .SelectMany(n => new[] { $"{Source}/{Repository(n)}:{Tag}", $"{Destination}/{Repository(n)}:{Tag}" });

    /// <summary>Starts the registries and fills them.</summary>
    internal static async Task<MirroredImages> CreateAsync(EndToEndOptions options)
    {
        if (options.Latency is { } latency)
        {
            EmbeddedRegistry source = await StartEmbeddedAsync();
            EmbeddedRegistry destination = await StartEmbeddedAsync();
            for (int n = 0; n < options.Images; n++)
            {
                BuiltManifest image = Image(n);
                image.PutInto(source.Store, Repository(n), Tag);
                image.PutInto(destination.Store, Repository(n), Tag);
            }

            source.Options.Latency = destination.Options.Latency = latency;
            return new MirroredImages([source, destination], source.Host, destination.Host, options.Images);
        }

        DockerRegistryProcess from = await DockerRegistryProcess.StartAsync();
        DockerRegistryProcess to = await DockerRegistryProcess.StartAsync();
        foreach (DockerRegistryProcess registry in new[] { from, to })
        {
            using RegistryPusher pusher = registry.CreatePusher();
            await Parallel.ForAsync(
                0, options.Images, async (n, ct) => await pusher.PushAsync(Image(n), Repository(n), Tag, ct));
        }

        return new MirroredImages([from, to], from.Host, to.Host, options.Images);
    }

    /// <summary>
    /// Measures one request on an idle registry: the latency plus the overhead of timers and the registry.
    /// </summary>
    internal async Task<TimeSpan> MeasureRoundTripAsync()
    {
        const int Requests = 20;
        using var client = new HttpClient();
        var address = new Uri($"http://{Destination}/v2/");
        using (await client.GetAsync(address))
        {
            // The time to connect is not measured.
        }

        long started = Stopwatch.GetTimestamp();
        for (int i = 0; i < Requests; i++)
        {
            using HttpResponseMessage response = await client.GetAsync(address);
        }

        return Stopwatch.GetElapsedTime(started) / Requests;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable registry in _registries) await registry.DisposeAsync();
        _directory.Dispose();
    }

    private static Task<EmbeddedRegistry> StartEmbeddedAsync() =>
        EmbeddedRegistry.StartAsync(new EmbeddedRegistryOptions { RecordRequests = false });

    private static BuiltManifest Image(int number) => SampleImages.DockerList($"benchmark {number}");

    private static string Repository(int number) => $"bench/image{number}";
}
