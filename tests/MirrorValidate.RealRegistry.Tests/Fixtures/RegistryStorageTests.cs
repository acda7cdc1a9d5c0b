using System.Net;

namespace MirrorValidate.RealRegistry.Tests.Fixtures;

/// <summary>What is damaged on disk, the registry serves damaged: nothing is cached, nothing is checked on the way out.</summary>
public sealed class RegistryStorageTests : IAsyncLifetime, IDisposable
{
    private readonly HttpClient _client = new();
    private DockerRegistryProcess _registry = null!;
    private string _blob = "";
    private string _image = "";

    public async Task InitializeAsync()
    {
        _registry = await DockerRegistryProcess.StartAsync();
        _client.BaseAddress = _registry.BaseAddress;
        var push = new HttpPush(_client);
        _blob = await push.BlobAsync("a/b", "0123456789"u8.ToArray());
        _image = (await new TestImages(push, oci: true).PushListAsync("a/b", "1", "amd64"))[1];

        // Asked once: a cache would have them now.
        Assert.Equal(HttpStatusCode.OK, (await GetBlobAsync()).StatusCode);
        Assert.Equal(HttpStatusCode.OK, await ManifestStatusAsync(_image));
    }

    public async Task DisposeAsync() => await _registry.DisposeAsync();

    public void Dispose() => _client.Dispose();

    [RealRegistryFact]
    public async Task A_truncated_blob_is_served_shorter()
    {
        _registry.Storage.TruncateBlob(_blob);
        Assert.Equal("01234", await (await GetBlobAsync()).Content.ReadAsStringAsync());
    }

    [RealRegistryFact]
    public async Task A_replaced_blob_is_served_with_the_same_size_and_digest_header()
    {
        _registry.Storage.ReplaceBlobSameSize(_blob);
        var answer = await GetBlobAsync();
        var content = await answer.Content.ReadAsByteArrayAsync();
        Assert.Equal(10, content.Length);
        Assert.NotEqual(_blob, HttpPush.DigestOf(content));
        Assert.Equal(_blob, Assert.Single(answer.Headers.GetValues("Docker-Content-Digest")));
    }

    [RealRegistryTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_removed_blob_is_unknown_by_its_bytes_or_its_link(bool link)
    {
        if (link)
            _registry.Storage.RemoveLayerLink("a/b", _blob);
        else
            _registry.Storage.RemoveBlob(_blob);
        Assert.Equal(HttpStatusCode.NotFound, (await GetBlobAsync()).StatusCode);
        Assert.Throws<FileNotFoundException>(() =>
        {
            if (link)
                _registry.Storage.RemoveLayerLink("a/b", _blob);
            else
                _registry.Storage.RemoveBlob(_blob);
        });
    }

    [RealRegistryFact]
    public async Task A_removed_manifest_link_takes_the_image_out_of_an_index_that_still_lists_it()
    {
        _registry.Storage.RemoveManifestLink("a/b", _image);
        Assert.Equal(HttpStatusCode.NotFound, await ManifestStatusAsync(_image));
        Assert.Equal(HttpStatusCode.OK, await ManifestStatusAsync("1"));
    }

    private Task<HttpResponseMessage> GetBlobAsync() => _client.GetAsync(new Uri($"/v2/a/b/blobs/{_blob}", UriKind.Relative));

    private async Task<HttpStatusCode> ManifestStatusAsync(string reference)
    {
        using var answer = await new HttpPush(_client).GetManifestAsync(
            "a/b", reference, ["application/vnd.oci.image.index.v1+json", "application/vnd.oci.image.manifest.v1+json"]);
        return answer.StatusCode;
    }
}
