using System.Globalization;
using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Validation.Depth;

/// <summary>A page or a text that a front answers in place of a blob, also where no manifest states a size.</summary>
public sealed class BlobPageTests
{
    private const string Page = "<!DOCTYPE html><title>Sign in</title>";
    private const string OctetStream = "application/octet-stream";

    public static TheoryData<string, string, ValidationDepth> Pages()
    {
        var data = new TheoryData<string, string, ValidationDepth>();
        foreach (ValidationDepth depth in new[] { ValidationDepth.Blob, ValidationDepth.Content })
        {
            data.Add("text/html; charset=utf-8", Page, depth);
            data.Add("application/xhtml+xml", Page, depth);
            data.Add("text/plain", "Please sign in.", depth);
            data.Add("application/json", """{"error":"sign in"}""", depth);
            data.Add("application/problem+json", """{"error":"sign in"}""", depth);
        }

        data.Add("", Page, ValidationDepth.Blob);
        data.Add(OctetStream, Page, ValidationDepth.Blob);
        return data;
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_is_no_layer_of_schema_1(string contentType, string body, ValidationDepth depth)
    {
        BuiltManifest image = SampleImages.Schema1("s", MirrorPair.SourceRepository, "v1");
        await using MirrorPair pair = await StartAsync(image, depth, contentType, body);
        ResultAssert.Error(
            ValidationReason.UnexpectedResponse, "in place of the blob", await pair.ValidateAsync(ComparisonMode.Platform));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_is_no_layer_whose_size_is_not_stated(string contentType, string body, ValidationDepth depth)
    {
        await using MirrorPair pair = await StartAsync(WithoutSize(), depth, contentType, body);
        ResultAssert.Error(
            ValidationReason.UnexpectedResponse, "in place of the blob", await pair.ValidateAsync(ComparisonMode.Digest));
    }

    [Fact]
    public async Task A_page_is_no_blob_that_is_as_long_or_as_a_part()
    {
        BuiltBlob layer = LayerBuilder.Build("page", 64);
        BuiltManifest image = BlobImage.Of((layer.Digest, Page.Length));
        image = image with { Blobs = [.. image.Blobs, layer] };
        await using MirrorPair pair = await StartAsync(image, ValidationDepth.Blob, "text/html", Page);
        MirrorImageResult result = await pair.ValidateAsync(ComparisonMode.Digest);
        ResultAssert.Error(ValidationReason.UnexpectedResponse, "an HTML page in place of the blob", result);
        pair.Destination.Faults.Clear();
        string range = string.Create(CultureInfo.InvariantCulture, $"bytes 0-0/{Page.Length}");
        pair.Destination.Faults.Add(new Fault
        {
            Path = DepthSample.PathOf(layer),
            Status = 206,
            Body = "<",
            ContentType = "text/html",
            Headers = { ["Content-Range"] = range },
        });
        result = await pair.ValidateAsync(ComparisonMode.Digest);
        ResultAssert.Error(ValidationReason.UnexpectedResponse, "an HTML page in place of the blob", result);
    }

    [Theory]
    [InlineData(OctetStream, false)]
    [InlineData("", false)]
    [InlineData("text/plain", false)]
    [InlineData("application/json", true)]
    public async Task A_layer_without_a_size_is_there_where_its_first_byte_is_or_the_registry_names_its_digest(
        string contentType, bool announcesDigest)
    {
        BuiltBlob layer = LayerBuilder.Build("no size", 64);
        BuiltManifest image = WithoutSize();
        await using MirrorPair pair = await MirrorPair.StartAsync(image);
        pair.Depth = ValidationDepth.Blob;
        pair.Destination.Faults.Add(new Fault
        {
            Path = DepthSample.PathOf(layer),
            BodyBytes = announcesDigest ? "{}"u8.ToArray() : layer.Content,
            ContentType = contentType,
            DigestHeader = announcesDigest ? layer.Digest : "",
        });
        ResultAssert.Passed(await pair.ValidateAsync(ComparisonMode.Digest));
    }

    [Fact]
    public async Task A_page_is_a_blob_where_the_manifest_says_that_it_is_one()
    {
        var report = new BuiltBlob("text/html", System.Text.Encoding.UTF8.GetBytes(Page));
        string json = string.Create(
            CultureInfo.InvariantCulture, $$"""{"mediaType":"text/html","digest":"{{report.Digest}}","size":{{report.Size}}}""");
        BuiltManifest image = BlobImage.Write(json);
        image = image with { Blobs = [.. image.Blobs, report] };
        await using MirrorPair pair = await MirrorPair.StartAsync(image);
        pair.Destination.Faults.Add(new Fault { Path = DepthSample.PathOf(report), ContentType = "text/html" });
        foreach (ValidationDepth depth in new[] { ValidationDepth.Blob, ValidationDepth.Content })
        {
            pair.Depth = depth;
            ResultAssert.Passed(await pair.ValidateAsync(ComparisonMode.Digest));
        }
    }

    private static BuiltManifest WithoutSize()
    {
        BuiltBlob layer = LayerBuilder.Build("no size", 64);
        BuiltManifest image = BlobImage.Write($$"""{"mediaType":"{{BlobImage.LayerType}}","digest":"{{layer.Digest}}"}""");
        return image with { Blobs = [.. image.Blobs, layer] };
    }

    // The last blob is a layer.
    private static async Task<MirrorPair> StartAsync(BuiltManifest image, ValidationDepth depth, string contentType, string body)
    {
        MirrorPair pair = await MirrorPair.StartAsync(image);
        pair.Depth = depth;
        string path = DepthSample.PathOf(image.Blobs[^1]);
        pair.Destination.Faults.Add(
            new Fault { Path = path, Status = 200, Body = body, ContentType = contentType, DigestHeader = "" });
        return pair;
    }
}
