using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using MirrorValidate.Embedded.Images;
using MirrorValidate.RealRegistry.Tests.Fixtures;

namespace MirrorValidate.Benchmarks.Content;

/// <summary>A real registry with an image that has large layers.</summary>
internal sealed class LargeImage : IAsyncDisposable
{
    internal const string Tag = "v1";
    private const string Repository = "bench/large";
    private const int BlockSize = 1024 * 1024;

    private readonly DockerRegistryProcess _registry;
    private readonly List<string> _layers = [];

    private LargeImage(DockerRegistryProcess registry) => _registry = registry;

    /// <summary>The image without its tag.</summary>
    internal string Name => $"{_registry.Host}/{Repository}";

    /// <summary>The URLs of the layers.</summary>
    internal IEnumerable<Uri> LayerAddresses =>
        _layers.Select(digest => new Uri(_registry.BaseAddress, $"/v2/{Repository}/blobs/{digest}"));

    internal static async Task<LargeImage> CreateAsync(ContentOptions options)
    {
        var image = new LargeImage(await DockerRegistryProcess.StartAsync());
        await image.FillAsync(options);
        return image;
    }

    public ValueTask DisposeAsync() => _registry.DisposeAsync();

    private async Task FillAsync(ContentOptions options)
    {
        using var client = new HttpClient { BaseAddress = _registry.BaseAddress, Timeout = Timeout.InfiniteTimeSpan };
        var config = new BuiltBlob(
            "application/vnd.oci.image.config.v1+json", """{"architecture":"amd64","os":"linux"}"""u8.ToArray());
        await UploadAsync(client, new ReadOnlyMemoryContent(config.Content), config.Digest);
        byte[] block = new byte[BlockSize];
        for (int number = 0; number < options.Layers; number++)
        {
            new Random(number).NextBytes(block);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (ReadOnlyMemory<byte> piece in RepeatedContent.Pieces(block, options.LayerSize))
                hash.AppendData(piece.Span);
            string digest = "sha256:" + Convert.ToHexStringLower(hash.GetHashAndReset());
            await UploadAsync(client, new RepeatedContent(block, options.LayerSize), digest);
            _layers.Add(digest);
        }

        string layers = string.Join(',', _layers.Select(digest => string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"{{digest}}","size":{{options.LayerSize}}}""")));
        const string mediaType = "application/vnd.oci.image.manifest.v1+json";
        string manifest = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"schemaVersion":2,"mediaType":"{{mediaType}}","config":{"mediaType":"{{config.MediaType}}","digest":"{{config.Digest}}","size":{{config.Size}}},"layers":[{{layers}}]}""");
        using RegistryPusher pusher = _registry.CreatePusher();
        await pusher.PushManifestAsync(Repository, Tag, mediaType, Encoding.UTF8.GetBytes(manifest));
    }

    private static async Task UploadAsync(HttpClient client, HttpContent content, string digest)
    {
        using HttpResponseMessage opened = await client.PostAsync(
            new Uri($"/v2/{Repository}/blobs/uploads/", UriKind.Relative), content: null);
        opened.EnsureSuccessStatusCode();
        Uri location = new(client.BaseAddress!, opened.Headers.Location!);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        string separator = location.Query.Length > 0 ? "&" : "?";
        using HttpResponseMessage stored = await client.PutAsync(
            new Uri($"{location}{separator}digest={digest}"), content);
        stored.EnsureSuccessStatusCode();
    }
}
