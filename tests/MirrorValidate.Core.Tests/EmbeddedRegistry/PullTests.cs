using System.Net;
using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;

namespace MirrorValidate.Core.Tests.Embedded;

public sealed class PullTests : RegistryTest
{
    private static readonly string Absent = "sha256:" + new string('0', 64);

    [Fact]
    public async Task Base_answers_with_the_version_header()
    {
        using var response = await SendAsync(HttpMethod.Get, "/v2/");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("{}", await response.Content.ReadAsStringAsync());
        Assert.Equal("registry/2.0", Header(response, "Docker-Distribution-Api-Version"));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task Manifest_is_answered_by_tag_and_by_digest(string method)
    {
        var list = SampleImages.DockerList("a");
        var digest = list.PutInto(Store, "library/a", "1.0");

        foreach (var reference in new[] { "1.0", digest })
        {
            using var response = await SendAsync(new HttpMethod(method), $"/v2/library/a/manifests/{reference}");

            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal(digest, Header(response, "Docker-Content-Digest"));
            Assert.Equal($"\"{digest}\"", Header(response, "ETag"));
            Assert.Equal(RegistryMediaTypes.DockerList, Header(response, "Content-Type"));
            Assert.Equal(list.Size, response.Content.Headers.ContentLength);
            var expected = method == "GET" ? list.Content.ToArray() : [];
            Assert.Equal(expected, await response.Content.ReadAsByteArrayAsync());
        }
    }

    [Fact]
    public async Task Large_manifest_is_answered_whole()
    {
        var index = SampleImages.WideIndex("wide", 5000);
        index.PutInto(Store, "wide", "1");

        var body = await Client.GetByteArrayAsync("/v2/wide/manifests/1");

        Assert.True(body.Length > 500_000);
        Assert.Equal(index.Digest, ContentDigest.Sha256(body));
    }

    [Fact]
    public async Task Manifest_known_to_the_client_is_not_sent_again()
    {
        var digest = SampleImages.Image("a").PutInto(Store, "a", "1");
        Client.DefaultRequestHeaders.TryAddWithoutValidation("If-None-Match", $"\"{digest}\"");

        using var response = await SendAsync(HttpMethod.Get, "/v2/a/manifests/1");

        Assert.Equal(HttpStatusCode.NotModified, response.StatusCode);
    }

    [Fact]
    public async Task Sha512_content_is_served()
    {
        var image = SampleImages.Image("a");
        var digest = ContentDigest.Sha512(image.Content.Span);
        Store.PutManifest("a", "1", image.MediaType, image.Content, digest);
        Store.PutBlob("a", image.Blobs[0].Content, ContentDigest.Sha512(image.Blobs[0].Content.Span));

        using var manifest = await SendAsync(HttpMethod.Get, $"/v2/a/manifests/{digest}");
        using var blob = await SendAsync(HttpMethod.Get, $"/v2/a/blobs/{ContentDigest.Sha512(image.Blobs[0].Content.Span)}");

        Assert.Equal(digest, Header(manifest, "Docker-Content-Digest"));
        Assert.Equal(HttpStatusCode.OK, blob.StatusCode);
    }

    [Fact]
    public async Task What_is_absent_is_told_apart()
    {
        SampleImages.Image("a").PutInto(Store, "a", "1");

        await AssertErrorAsync(await SendAsync(HttpMethod.Get, "/v2/a/manifests/2"), 404, "MANIFEST_UNKNOWN");
        await AssertErrorAsync(await SendAsync(HttpMethod.Get, $"/v2/a/manifests/{Absent}"), 404, "MANIFEST_UNKNOWN");
        await AssertErrorAsync(await SendAsync(HttpMethod.Get, "/v2/b/manifests/1"), 404, "MANIFEST_UNKNOWN");
        await AssertErrorAsync(await SendAsync(HttpMethod.Get, $"/v2/a/blobs/{Absent}"), 404, "BLOB_UNKNOWN");
        await AssertErrorAsync(await SendAsync(HttpMethod.Get, "/v2/a/blobs/sha256:00"), 400, "DIGEST_INVALID");
        await AssertErrorAsync(await SendAsync(HttpMethod.Get, "/v2/b/tags/list"), 404, "NAME_UNKNOWN");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/v2/UPPER/manifests/1")]
    [InlineData("/v2/a/nothing/1")]
    [InlineData("/v2/manifests/1")]
    [InlineData("/v2/a/manifests/")]
    [InlineData("/token")]
    public async Task Path_that_is_no_route_is_a_plain_404(string path)
    {
        using var response = await SendAsync(HttpMethod.Get, path);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("404 page not found\n", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Repository_name_may_hold_the_words_of_the_api()
    {
        const string Name = "blobs/manifests/tags/uploads";
        SampleImages.Image("a").PutInto(Store, Name, "1");

        using var manifest = await SendAsync(HttpMethod.Get, $"/v2/{Name}/manifests/1");
        using var tags = await SendAsync(HttpMethod.Get, $"/v2/{Name}/tags/list");

        Assert.Equal(HttpStatusCode.OK, manifest.StatusCode);
        Assert.Equal($"{{\"name\":\"{Name}\",\"tags\":[\"1\"]}}\n", await tags.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("bytes=0-3", 206, 0, 4)]
    [InlineData("bytes=5-", 206, 5, 5)]
    [InlineData("bytes=-2", 206, 8, 2)]
    [InlineData("bytes=0-99", 206, 0, 10)]
    [InlineData("bytes=10-", 416, 0, 0)]
    [InlineData("bytes=0-1,3-4", 200, 0, 10)]
    [InlineData("pages=0-3", 200, 0, 10)]
    public async Task Blob_is_answered_in_parts(string range, int status, int start, int length)
    {
        var content = "0123456789"u8.ToArray();
        var digest = Store.PutBlob("a", content);
        Client.DefaultRequestHeaders.TryAddWithoutValidation("Range", range);

        using var response = await SendAsync(HttpMethod.Get, $"/v2/a/blobs/{digest}");

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(content.AsSpan(start, length).ToArray(), await response.Content.ReadAsByteArrayAsync());
        var expected = status switch { 206 => $"bytes {start}-{start + length - 1}/10", 416 => "bytes */10", _ => null };
        Assert.Equal(expected, Header(response, "Content-Range"));
    }

    [Fact]
    public async Task Repeated_blob_hashes_to_its_digest_and_is_cut_anywhere()
    {
        var digest = Store.PutRepeatedBlob("a", "abcdefg"u8.ToArray(), 30_000);

        var body = await Client.GetByteArrayAsync($"/v2/a/blobs/{digest}");
        Client.DefaultRequestHeaders.TryAddWithoutValidation("Range", "bytes=5-10");
        var part = await Client.GetStringAsync($"/v2/a/blobs/{digest}");

        Assert.Equal(digest, ContentDigest.Sha256(body));
        Assert.Equal("fgabcd", part);
    }

    [Fact]
    public async Task Broken_content_is_answered_as_stored()
    {
        var garbage = new byte[] { 0xff, 0x00, 0x7b };
        var wrong = "sha256:" + new string('1', 64);
        Store.PutManifest("a", "1", "text/strange", garbage, wrong);

        using var response = await SendAsync(HttpMethod.Get, "/v2/a/manifests/1");

        Assert.Equal("text/strange", Header(response, "Content-Type"));
        Assert.Equal(wrong, Header(response, "Docker-Content-Digest"));
        Assert.Equal(garbage, await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Other_methods_are_refused()
    {
        using var response = await SendAsync(HttpMethod.Post, "/v2/a/manifests/1");

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Contains("PUT", Header(response, "Allow"), StringComparison.Ordinal);
    }
}
