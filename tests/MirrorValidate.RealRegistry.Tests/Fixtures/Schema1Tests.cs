using System.Net;
using System.Text.Json;
using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;

namespace MirrorValidate.RealRegistry.Tests.Fixtures;

/// <summary>How the real registry and client treat schema 1 images. Other tests rely on this.</summary>
public sealed class Schema1Tests : IAsyncLifetime, IDisposable
{
    private static readonly DockerRegistryOptions Enabled = new() { Schema1 = true };

    private readonly BuiltManifest _image = SampleImages.Schema1("old", "app/old", "1");
    private readonly HttpClient _client = new();
    private DockerRegistryProcess _source = null!;

    public async Task InitializeAsync()
    {
        _source = await DockerRegistryProcess.StartAsync(Enabled);
        _client.BaseAddress = _source.BaseAddress;
    }

    public async Task DisposeAsync() => await _source.DisposeAsync();

    public void Dispose() => _client.Dispose();

    [RealRegistryFact]
    public async Task It_is_known_by_the_digest_of_its_payload_and_signed_anew_for_every_answer()
    {
        Assert.Equal(_image.Digest, await PushAsync(_source, _image, "app/old", "1"));

        var (type, digest, first) = await GetAsync("app/old/manifests/1");
        var (_, _, second) = await GetAsync($"app/old/manifests/{_image.Digest}");

        Assert.Equal(RegistryMediaTypes.DockerSchema1Signed, type);
        Assert.Equal(_image.Digest, digest);
        Assert.Equal(_image.Digest, PayloadDigest(first));
        Assert.NotEqual(_image.Digest, ContentDigest.Sha256(first));
        Assert.NotEqual(first, second);
    }

    [RealRegistryFact]
    public async Task An_unsigned_one_is_refused()
    {
        var unsigned = SampleImages.Schema1("old", "app/old", "1", isSigned: false);
        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => PushAsync(_source, unsigned, "app/old", "1"));
        Assert.Equal(HttpStatusCode.BadRequest, failure.StatusCode);
    }

    [RealRegistryFact]
    public async Task A_registry_that_does_not_enable_it_refuses_to_store_it()
    {
        await using var registry = await DockerRegistryProcess.StartAsync();
        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => PushAsync(registry, _image, "app/old", "1"));
        Assert.Equal(HttpStatusCode.InternalServerError, failure.StatusCode);
    }

    [RealRegistryFact]
    public async Task A_list_asked_for_without_Accept_is_answered_as_schema_1()
    {
        var list = SampleImages.DockerList("new");
        await PushAsync(_source, list, "app/new", "1");

        using var answer = await _client.GetAsync(new Uri("/v2/app/new/manifests/1", UriKind.Relative));

        Assert.Equal(RegistryMediaTypes.DockerSchema1Signed, answer.Content.Headers.ContentType?.MediaType);
        Assert.NotEqual(list.Digest, Assert.Single(answer.Headers.GetValues("Docker-Content-Digest")));
    }

    [RealRegistryTheory]
    [InlineData("app/old:1", true)]
    [InlineData("app/old:2", false)]
    [InlineData("mirror/old:1", false)]
    public async Task Skopeo_copies_it_and_keeps_the_digest_only_under_the_same_name_and_tag(string target, bool keeps)
    {
        await PushAsync(_source, _image, "app/old", "1");
        await using var destination = await DockerRegistryProcess.StartAsync(Enabled);

        await Skopeo.CopyAsync($"{_source.Host}/app/old:1", $"{destination.Host}/{target}");

        var copy = await Skopeo.InspectRawAsync($"{destination.Host}/{target}");
        Assert.Equal(keeps, PayloadDigest(copy) == _image.Digest);
    }

    [RealRegistryFact]
    public async Task Skopeo_makes_a_list_of_schema_1_images_out_of_any_list()
    {
        await PushAsync(_source, SampleImages.DockerList("new"), "app/new", "1");

        await Skopeo.CopyAsync($"{_source.Host}/app/new:1", $"{_source.Host}/app/new:old", new SkopeoCopyOptions { Format = "v2s1" });

        var (_, _, list) = await GetAsync("app/new/manifests/old");
        foreach (var entry in JsonDocument.Parse(list).RootElement.GetProperty("manifests").EnumerateArray())
        {
            Assert.Equal(RegistryMediaTypes.DockerSchema1Signed, entry.GetProperty("mediaType").GetString());
            var (type, digest, _) = await GetAsync($"app/new/manifests/{entry.GetProperty("digest").GetString()}");
            Assert.Equal((RegistryMediaTypes.DockerSchema1Signed, entry.GetProperty("digest").GetString()), (type, digest));
        }
    }

    private static string PayloadDigest(byte[] signed) => new BuiltManifest(RegistryMediaTypes.DockerSchema1Signed, signed).Digest;

    private static async Task<string> PushAsync(DockerRegistryProcess registry, BuiltManifest manifest, string repository, string tag)
    {
        using var pusher = registry.CreatePusher();
        return await pusher.PushAsync(manifest, repository, tag);
    }

    private async Task<(string Type, string Digest, byte[] Content)> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v2/{path}");
        request.Headers.Accept.ParseAdd(string.Join(
            ", ",
            RegistryMediaTypes.OciIndex,
            RegistryMediaTypes.DockerList,
            RegistryMediaTypes.OciManifest,
            RegistryMediaTypes.DockerManifest,
            RegistryMediaTypes.DockerSchema1Signed,
            RegistryMediaTypes.DockerSchema1));
        using var answer = await _client.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return (
            answer.Content.Headers.ContentType!.MediaType!,
            answer.Headers.GetValues("Docker-Content-Digest").Single(),
            await answer.Content.ReadAsByteArrayAsync());
    }
}
