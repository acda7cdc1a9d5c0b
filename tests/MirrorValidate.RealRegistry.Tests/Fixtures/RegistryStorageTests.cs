using System.Net;
using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;

namespace MirrorValidate.RealRegistry.Tests.Fixtures;

/// <summary>The registry serves damage on disk as it is: it neither caches nor checks content.</summary>
public sealed class RegistryStorageTests : IAsyncLifetime, IDisposable
{
    private readonly HttpClient _client = new();
    private readonly BuiltManifest _index = SampleImages.OciIndex("index");
    private DockerRegistryProcess _registry = null!;

    private BuiltManifest Image => _index.Children[0];

    private BuiltBlob Layer => Image.Blobs[1];

    public async Task InitializeAsync()
    {
        _registry = await DockerRegistryProcess.StartAsync();
        _client.BaseAddress = _registry.BaseAddress;
        using var pusher = _registry.CreatePusher();
        await pusher.PushAsync(_index, "a/b", "1");

        // After this request a cache would have them.
        Assert.Equal(HttpStatusCode.OK, (await GetBlobAsync()).StatusCode);
        Assert.Equal(HttpStatusCode.OK, await ManifestStatusAsync(Image.Digest));
    }

    public async Task DisposeAsync() => await _registry.DisposeAsync();

    public void Dispose() => _client.Dispose();

    [RealRegistryFact]
    public async Task A_truncated_blob_is_served_shorter()
    {
        _registry.Storage.TruncateBlob(Layer.Digest);
        Assert.Equal(Layer.Size / 2, (await (await GetBlobAsync()).Content.ReadAsByteArrayAsync()).Length);
    }

    [RealRegistryFact]
    public async Task A_replaced_blob_is_served_with_the_same_size_and_digest_header()
    {
        _registry.Storage.ReplaceBlobSameSize(Layer.Digest);
        var answer = await GetBlobAsync();
        var content = await answer.Content.ReadAsByteArrayAsync();
        Assert.Equal(Layer.Size, content.Length);
        Assert.NotEqual(Layer.Digest, ContentDigest.Sha256(content));
        Assert.Equal(Layer.Digest, Assert.Single(answer.Headers.GetValues("Docker-Content-Digest")));
    }

    [RealRegistryTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_removed_blob_is_unknown_by_its_bytes_or_its_link(bool link)
    {
        Action remove = link
            ? () => _registry.Storage.RemoveLayerLink("a/b", Layer.Digest)
            : () => _registry.Storage.RemoveBlob(Layer.Digest);
        remove();
        Assert.Equal(HttpStatusCode.NotFound, (await GetBlobAsync()).StatusCode);
        Assert.Throws<FileNotFoundException>(remove);
    }

    [RealRegistryFact]
    public async Task A_removed_manifest_link_takes_the_image_out_of_an_index_that_still_lists_it()
    {
        _registry.Storage.RemoveManifestLink("a/b", Image.Digest);
        Assert.Equal(HttpStatusCode.NotFound, await ManifestStatusAsync(Image.Digest));
        Assert.Equal(HttpStatusCode.OK, await ManifestStatusAsync("1"));
    }

    private Task<HttpResponseMessage> GetBlobAsync() => _client.GetAsync(new Uri($"/v2/a/b/blobs/{Layer.Digest}", UriKind.Relative));

    private async Task<HttpStatusCode> ManifestStatusAsync(string reference)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v2/a/b/manifests/{reference}");
        request.Headers.Accept.ParseAdd($"{RegistryMediaTypes.OciIndex}, {RegistryMediaTypes.OciManifest}");
        using var answer = await _client.SendAsync(request);
        return answer.StatusCode;
    }
}
