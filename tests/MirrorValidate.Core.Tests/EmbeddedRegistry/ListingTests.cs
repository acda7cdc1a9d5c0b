using System.Net;
using System.Text.Json;
using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;

namespace MirrorValidate.Core.Tests.Embedded;

public sealed class ListingTests : RegistryTest
{
    [Fact]
    public async Task Tags_are_paged_in_order()
    {
        foreach (var tag in new[] { "b", "a", "d", "c", "e" })
        {
            Store.Tag("x", tag, "sha256:none");
        }

        Assert.Equal(["a b", "c d", "e"], await PagesAsync("/v2/x/tags/list?n=2", "tags"));
        Registry.Options.TagsPageSize = 3;
        Assert.Equal(["a b c", "d e"], await PagesAsync("/v2/x/tags/list", "tags"));
        Assert.Equal(["d e"], await PagesAsync("/v2/x/tags/list?last=c&n=100", "tags"));
        await AssertErrorAsync(await SendAsync(HttpMethod.Get, "/v2/x/tags/list?n=-1"), 400, "PAGINATION_NUMBER_INVALID");
    }

    [Fact]
    public async Task Catalog_is_paged_in_order()
    {
        foreach (var name in new[] { "x/b", "a", "x/a" })
        {
            Store.PutBlob(name, default);
        }

        Assert.Equal(["a x/a", "x/b"], await PagesAsync("/v2/_catalog?n=2", "repositories"));
    }

    [Fact]
    public async Task Referrers_are_filtered_and_paged()
    {
        var image = SampleImages.Image("a", ImageFormat.Oci);
        image.PutInto(Store, "x", "1");
        var signature = ArtifactBuilder.Referrer(image, "application/signature");
        signature.PutInto(Store, "x", null);
        var boms = Enumerable.Range(0, 3).Select(number => ArtifactBuilder.Referrer(image, "application/sbom", $"{number}")).ToArray();
        Array.ForEach(boms, bom => bom.PutInto(Store, "x", null));
        Registry.Options.ReferrersPageSize = 2;

        var all = await PagesAsync($"/v2/x/referrers/{image.Digest}", "manifests");
        var filtered = await PagesAsync($"/v2/x/referrers/{image.Digest}?artifactType=application/sbom", "manifests");

        Assert.Equal(2, all.Count);
        Assert.Equal(2, filtered.Count);
        Assert.Equal(Sorted(boms.Append(signature)), Sorted(all));
        Assert.Equal(Sorted(boms), Sorted(filtered));

        static List<string> Sorted(IEnumerable<object> items) =>
            [.. items.SelectMany(item => item is BuiltManifest manifest ? [manifest.Digest] : ((string)item).Split(' ')).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public async Task Referrers_of_what_is_not_there_are_none()
    {
        using var response = await SendAsync(HttpMethod.Get, $"/v2/x/referrers/{ContentDigest.Sha256([])}");

        Assert.Equal(RegistryMediaTypes.OciIndex, Header(response, "Content-Type"));
        Assert.Equal(
            $$"""{"schemaVersion":2,"mediaType":"{{RegistryMediaTypes.OciIndex}}","manifests":[]}""" + "\n",
            await response.Content.ReadAsStringAsync());
        await AssertErrorAsync(await SendAsync(HttpMethod.Get, "/v2/x/referrers/latest"), 400, "DIGEST_INVALID");
    }

    [Fact]
    public async Task Referrers_can_be_switched_off()
    {
        var image = SampleImages.Image("a", ImageFormat.Oci);
        var referrer = ArtifactBuilder.Referrer(image, "application/signature");
        using var pusher = new RegistryPusher(Registry.BaseAddress);
        await pusher.PushAsync(referrer, "x", "signature");
        using var known = await SendAsync(HttpMethod.Put, "/v2/x/manifests/1", referrer.Content.ToArray(), referrer.MediaType);
        Registry.Options.Referrers = false;
        using var unknown = await SendAsync(HttpMethod.Put, "/v2/x/manifests/1", referrer.Content.ToArray(), referrer.MediaType);
        using var listed = await SendAsync(HttpMethod.Get, $"/v2/x/referrers/{image.Digest}");

        Assert.Equal(image.Digest, Header(known, "OCI-Subject"));
        Assert.Null(Header(unknown, "OCI-Subject"));
        Assert.Equal(HttpStatusCode.NotFound, listed.StatusCode);
    }

    /// <summary>All pages from the first, following Link; each as its items (or their digests) with blanks between.</summary>
    private async Task<List<string>> PagesAsync(string? path, string member)
    {
        var pages = new List<string>();
        while (path is not null)
        {
            using var response = await SendAsync(HttpMethod.Get, path);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
            pages.Add(string.Join(' ', document.RootElement.GetProperty(member).EnumerateArray()
                .Select(item => item.ValueKind == JsonValueKind.Object ? item.GetProperty("digest").GetString() : item.GetString())));
            var link = Header(response, "Link");
            Assert.True(link is null || link.EndsWith(">; rel=\"next\"", StringComparison.Ordinal), link);
            path = link?[1..link.IndexOf('>', StringComparison.Ordinal)];
        }

        return pages;
    }
}
