using System.Net;
using System.Text;
using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;

namespace MirrorValidate.Core.Tests.Embedded;

public sealed class PushTests : RegistryTest
{
    private static readonly byte[] Content = "some content"u8.ToArray();
    private static readonly string Digest = ContentDigest.Sha256(Content);

    [Fact]
    public async Task Pusher_moves_every_kind_of_image_unchanged()
    {
        using var pusher = new RegistryPusher(Registry.BaseAddress);
        BuiltManifest[] images =
        [
            SampleImages.DockerList("a"),
            SampleImages.OciIndex("a", attestations: true),
            SampleImages.Image("a"),
            SampleImages.WindowsList("a"),
            SampleImages.NestedIndex("a"),
            SampleImages.Schema1("a", "x/y", "5"),
            SampleImages.Schema1("a", "x/y", "6", isSigned: false),
            ArtifactBuilder.HelmChart("a"),
        ];

        for (var number = 0; number < images.Length; number++)
        {
            var digest = await pusher.PushAsync(images[number], "x/y", $"{number}");

            Assert.Equal(images[number].Digest, digest);
            Assert.True(Store.TryGetManifest("x/y", $"{number}", out var stored));
            Assert.Equal(images[number].MediaType, stored.MediaType);
            Assert.Equal(images[number].Content.ToArray(), stored.Content.ToArray());
        }
    }

    [Fact]
    public async Task Blob_is_pushed_in_one_request()
    {
        using var response = await SendAsync(HttpMethod.Post, $"/v2/a/blobs/uploads/?digest={Digest}", Content);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal(Digest, Header(response, "Docker-Content-Digest"));
        Assert.EndsWith($"/v2/a/blobs/{Digest}", Header(response, "Location"), StringComparison.Ordinal);
        Assert.Equal(Content, await Client.GetByteArrayAsync($"/v2/a/blobs/{Digest}"));
    }

    [Fact]
    public async Task Blob_is_pushed_in_chunks()
    {
        using var opened = await SendAsync(HttpMethod.Post, "/v2/a/blobs/uploads/");
        var location = Header(opened, "Location")!;
        using var first = await SendAsync(HttpMethod.Patch, location, Content[..5]);
        using var status = await SendAsync(HttpMethod.Get, location);
        using var second = await SendAsync(HttpMethod.Patch, location, Content[5..9]);
        using var closed = await SendAsync(HttpMethod.Put, $"{location}?digest={Digest}", Content[9..]);

        Assert.Equal(HttpStatusCode.Accepted, opened.StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, first.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, status.StatusCode);
        Assert.Equal("0-4", Header(status, "Range"));
        Assert.Equal("0-8", Header(second, "Range"));
        Assert.Equal(HttpStatusCode.Created, closed.StatusCode);
        Assert.Equal([Digest], Store.GetBlobs("a"));
    }

    [Fact]
    public async Task Chunk_out_of_order_is_refused_with_what_was_received()
    {
        using var opened = await SendAsync(HttpMethod.Post, "/v2/a/blobs/uploads/");
        Client.DefaultRequestHeaders.TryAddWithoutValidation("Content-Range", "7-11");
        using var request = new HttpRequestMessage(HttpMethod.Patch, Header(opened, "Location")) { Content = new ByteArrayContent(Content[7..]) };
        request.Content.Headers.TryAddWithoutValidation("Content-Range", "7-11");

        using var response = await Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, response.StatusCode);
        Assert.Equal("0-0", Header(response, "Range"));
    }

    [Fact]
    public async Task Upload_can_be_given_up()
    {
        using var opened = await SendAsync(HttpMethod.Post, "/v2/a/blobs/uploads/");
        var location = Header(opened, "Location")!;
        using var cancelled = await SendAsync(HttpMethod.Delete, location);

        Assert.Equal(HttpStatusCode.NoContent, cancelled.StatusCode);
        await AssertErrorAsync(await SendAsync(HttpMethod.Patch, location, Content), 404, "BLOB_UPLOAD_UNKNOWN");
    }

    [Fact]
    public async Task Blob_with_another_digest_is_refused()
    {
        var response = await SendAsync(HttpMethod.Post, $"/v2/a/blobs/uploads/?digest={Digest}", "other"u8.ToArray());

        await AssertErrorAsync(response, 400, "DIGEST_INVALID");
        Assert.Empty(Store.GetBlobs("a"));
    }

    [Fact]
    public async Task Blob_is_mounted_from_a_repository_that_has_it()
    {
        Store.PutBlob("a", Content);

        using var mounted = await SendAsync(HttpMethod.Post, $"/v2/b/blobs/uploads/?mount={Digest}&from=a");
        using var unknown = await SendAsync(HttpMethod.Post, $"/v2/c/blobs/uploads/?mount={Digest}&from=nowhere");

        Assert.Equal(HttpStatusCode.Created, mounted.StatusCode);
        Assert.Equal([Digest], Store.GetBlobs("b"));
        Assert.Equal(HttpStatusCode.Accepted, unknown.StatusCode);
        Assert.Empty(Store.GetBlobs("c"));
    }

    [Fact]
    public async Task Manifest_with_missing_parts_is_refused_unless_told_otherwise()
    {
        var list = SampleImages.DockerList("a");

        await AssertErrorAsync(
            await SendAsync(HttpMethod.Put, "/v2/a/manifests/1", list.Content.ToArray(), list.MediaType), 400, "MANIFEST_BLOB_UNKNOWN");
        Registry.Options.VerifyPushes = false;
        using var taken = await SendAsync(HttpMethod.Put, "/v2/a/manifests/1", list.Content.ToArray(), list.MediaType);

        Assert.Equal(HttpStatusCode.Created, taken.StatusCode);
    }

    [Fact]
    public async Task Manifest_under_another_digest_is_refused()
    {
        var response = await SendAsync(
            HttpMethod.Put, $"/v2/a/manifests/sha256:{new string('0', 64)}", "{}"u8.ToArray(), RegistryMediaTypes.OciIndex);

        await AssertErrorAsync(response, 400, "DIGEST_INVALID");
    }

    [Fact]
    public async Task Manifest_is_stored_under_the_sha512_that_it_is_pushed_by()
    {
        var content = Encoding.UTF8.GetBytes("""{"schemaVersion":2,"manifests":[]}""");
        var digest = ContentDigest.Sha512(content);

        using var response = await SendAsync(HttpMethod.Put, $"/v2/a/manifests/{digest}", content, RegistryMediaTypes.OciIndex);

        Assert.Equal(digest, Header(response, "Docker-Content-Digest"));
        Assert.True(Store.TryGetManifest("a", digest, out _));
    }

    [Theory]
    [InlineData("not json", null)]
    [InlineData("[]", null)]
    [InlineData("""{"mediaType":"application/vnd.oci.image.index.v1+json"}""", RegistryMediaTypes.DockerList)]
    [InlineData("""{"config":"x"}""", null)]
    public async Task Manifest_that_contradicts_itself_is_refused(string body, string? contentType)
    {
        var response = await SendAsync(HttpMethod.Put, "/v2/a/manifests/1", Encoding.UTF8.GetBytes(body), contentType);

        await AssertErrorAsync(response, 400, "MANIFEST_INVALID");
    }

    [Fact]
    public async Task Deleting_a_manifest_takes_its_tags_along()
    {
        var digest = SampleImages.Image("a").PutInto(Store, "a", "1");
        Store.Tag("a", "2", digest);

        using var untagged = await SendAsync(HttpMethod.Delete, "/v2/a/manifests/2");
        Assert.Equal(HttpStatusCode.Accepted, untagged.StatusCode);
        Assert.Equal(["1"], Store.GetTags("a"));

        using var deleted = await SendAsync(HttpMethod.Delete, $"/v2/a/manifests/{digest}");
        Assert.Equal(HttpStatusCode.Accepted, deleted.StatusCode);
        Assert.Empty(Store.GetTags("a"));
        await AssertErrorAsync(await SendAsync(HttpMethod.Get, "/v2/a/manifests/1"), 404, "MANIFEST_UNKNOWN");
        await AssertErrorAsync(await SendAsync(HttpMethod.Delete, $"/v2/a/manifests/{digest}"), 404, "MANIFEST_UNKNOWN");
    }

    [Fact]
    public async Task Deleting_a_blob_leaves_other_repositories_alone()
    {
        Store.PutBlob("a", Content);
        Store.PutBlob("b", Content);

        using var deleted = await SendAsync(HttpMethod.Delete, $"/v2/a/blobs/{Digest}");

        Assert.Equal(HttpStatusCode.Accepted, deleted.StatusCode);
        await AssertErrorAsync(await SendAsync(HttpMethod.Get, $"/v2/a/blobs/{Digest}"), 404, "BLOB_UNKNOWN");
        Assert.Equal([Digest], Store.GetBlobs("b"));
    }

    [Fact]
    public async Task Deleting_can_be_forbidden()
    {
        var digest = SampleImages.Image("a").PutInto(Store, "a", "1");
        Registry.Options.AllowDelete = false;

        await AssertErrorAsync(await SendAsync(HttpMethod.Delete, $"/v2/a/manifests/{digest}"), 405, "UNSUPPORTED");
        await AssertErrorAsync(await SendAsync(HttpMethod.Delete, $"/v2/a/blobs/{Digest}"), 405, "UNSUPPORTED");
        Assert.True(Store.TryGetManifest("a", "1", out _));
    }
}
