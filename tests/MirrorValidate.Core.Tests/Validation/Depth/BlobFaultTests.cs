using System.IO.Compression;
using MirrorValidate.Core.Tests.Registries;
using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;
using MirrorValidate.Registries;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Validation.Depth;

/// <summary>What registries do with requests for blobs. What could not be looked at is neither missing nor damaged.</summary>
public sealed class BlobFaultTests
{
    private static readonly string LayerPath = DepthSample.PathOf(Layer);
    private static readonly string[] PartOnly = ["GET bytes=0-0"];
    private static readonly string[] PartThenWhole = ["GET bytes=0-0", "GET"];
    private static readonly string[] PartThenWholeThenHead = ["GET bytes=0-0", "GET", "HEAD"];

    private static BuiltBlob Layer => DepthSample.Layer;

    [Theory]
    [InlineData(404)]
    [InlineData(405)]
    [InlineData(500)]
    public async Task The_first_byte_tells_whatever_HEAD_says(int status)
    {
        await using MirrorPair pair = await StartAsync(ValidationDepth.Blob);
        pair.Destination.Faults.Add(new Fault { Method = "HEAD", Path = "/v2/*/blobs/*", Status = status });
        ResultAssert.Passed(await pair.ValidateAsync());
        Assert.Equal(PartOnly, DepthSample.Asked(pair, Layer));
        DepthSample.Replace(pair, Layer, [1, 2]);
        ResultAssert.Failed(ValidationReason.BlobSizeMismatch, $"destination blob has another size: [{DepthSample.LayerWords}: 2 bytes", await pair.ValidateAsync());
        DepthSample.Replace(pair, Layer, []);
        ResultAssert.Failed(ValidationReason.BlobSizeMismatch, $"destination blob has another size: [{DepthSample.LayerWords}: 0 bytes", await pair.ValidateAsync());
        DepthSample.Remove(pair, Layer);
        ResultAssert.Failed(ValidationReason.BlobMissing, $"destination blob does not exists: [{DepthSample.LayerWords}", await pair.ValidateAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_byte_that_never_comes_is_an_error_and_no_blob(bool knowsParts)
    {
        await using MirrorPair pair = await StartAsync(ValidationDepth.Blob);
        pair.Options = pair.Options with { MaximumRetryCount = 1 };
        pair.Destination.Faults.Add(new Fault
        {
            Method = "GET",
            Path = LayerPath,
            CutOffAfter = 0,
            BodyBytes = knowsParts ? default(ReadOnlyMemory<byte>?) : Layer.Content,
        });
        MirrorImageResult result = await pair.ValidateAsync();
        string status = knowsParts ? "206" : "200";
        ResultAssert.Error(
            ValidationReason.RegistryUnavailable, $"GET {LayerPath}: {status}, but not a byte of the content came: ", result);
        Assert.Contains("(2 attempts)", result.Message, StringComparison.Ordinal);
        Assert.Equal("Manifest", result.Proof.Level);
    }

    [Fact]
    public async Task A_registry_that_has_lost_many_blobs_still_answers()
    {
        await using MirrorPair pair = await StartAsync(ValidationDepth.Blob);
        Fault fault = pair.Destination.Faults.Add(new Fault { Method = "GET", Path = "/v2/*/blobs/*", CutOffAfter = 0 });
        MirrorImageResult[] results = await pair.ValidateRunAsync(1, pair.Line, pair.Line);
        Assert.All(results, result => ResultAssert.Error(ValidationReason.RegistryUnavailable, "not a byte", result));
        Assert.Equal(12, fault.Hits);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(405)]
    [InlineData(416)]
    [InlineData(501)]
    public async Task Where_a_part_is_refused_the_first_byte_of_the_whole_tells(int status)
    {
        await using MirrorPair pair = await StartAsync(ValidationDepth.Blob);
        pair.Destination.Faults.Add(new Fault { Predicate = request => request.Request.Headers.Range.Count > 0, Status = status });
        ResultAssert.Passed(await pair.ValidateAsync());
        Assert.Equal(PartThenWhole, DepthSample.Asked(pair, Layer));
        DepthSample.Replace(pair, Layer, [1, 2]);
        ResultAssert.Failed(ValidationReason.BlobSizeMismatch, $"destination blob has another size: [{DepthSample.LayerWords}: 2 bytes", await pair.ValidateAsync());
        pair.Destination.Faults.Add(new Fault { Method = "GET", Path = LayerPath, CutOffAfter = 0 });
        ResultAssert.Error(ValidationReason.RegistryUnavailable, "not a byte of the content came", await pair.ValidateAsync());
    }

    [Fact]
    public async Task A_registry_that_knows_no_parts_answers_with_the_whole()
    {
        await using MirrorPair pair = await StartAsync(ValidationDepth.Blob);
        pair.Destination.Faults.Add(new Fault { Method = "GET", Path = LayerPath, BodyBytes = Layer.Content });
        ResultAssert.Passed(await pair.ValidateAsync());
        Assert.Equal(PartOnly, DepthSample.Asked(pair, Layer));
    }

    [Theory]
    [InlineData(206, "bytes 0-0/*")]
    [InlineData(416, "bytes */1234")]
    public async Task A_part_that_does_not_tell_the_size_proves_nothing(int status, string range)
    {
        await using MirrorPair pair = await StartAsync(ValidationDepth.Blob);
        pair.Destination.Faults.Add(new Fault
        {
            Path = LayerPath,
            Predicate = request => request.Request.Headers.Range.Count > 0,
            Status = status,
            Body = "x",
            Headers = { ["Content-Range"] = range },
        });
        ResultAssert.Passed(await pair.ValidateAsync());
        Assert.Equal(PartThenWhole, DepthSample.Asked(pair, Layer));
    }

    [Fact]
    public async Task Where_no_GET_tells_the_size_HEAD_tells_it()
    {
        await using MirrorPair pair = await StartAsync(ValidationDepth.Blob);
        pair.Destination.Faults.Add(new Fault { Method = "GET", Path = LayerPath, EndlessBody = true, ContentType = "application/octet-stream" });
        ResultAssert.Passed(await pair.ValidateAsync());
        Assert.Equal(PartThenWholeThenHead, DepthSample.Asked(pair, Layer));
        DepthSample.Replace(pair, Layer, [1, 2]);
        ResultAssert.Error(ValidationReason.UnexpectedResponse, "does not say how large the blob is", await pair.ValidateAsync());
        pair.Destination.Options.RefuseHead = 405;
        ResultAssert.Error(ValidationReason.UnexpectedResponse, "does not say how large the blob is", await pair.ValidateAsync());
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("whole", 1)]
    [InlineData("no size", 2)]
    [InlineData("refused", 2)]
    [InlineData("no length", 2)]
    public async Task An_empty_blob_has_no_first_byte_and_is_there(string how, int requests)
    {
        var layer = new BuiltBlob(BlobImage.LayerType, Array.Empty<byte>());
        await using MirrorPair pair = await MirrorPair.StartAsync(SampleImages.Wrapped(BlobImage.Of(layer)));
        pair.Depth = ValidationDepth.Blob;
        string path = DepthSample.PathOf(layer);
        if (how == "whole") pair.Destination.Faults.Add(new Fault { Method = "GET", Path = path, Body = "" });
        if (how == "no size") pair.Destination.Faults.Add(new Fault { Method = "GET", Path = path, Status = 416, Body = "", Times = 1 });
        if (how == "refused") pair.Destination.Faults.Add(new Fault { Method = "GET", Path = path, Status = 400, Times = 1 });
        await using var storage = new RawServer(_ => "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        if (how == "no length") pair.Destination.Faults.Add(new Fault { Path = path, RedirectTo = $"http://{storage.Host}/layer" });
        MirrorImageResult result = await pair.ValidateAsync();
        ResultAssert.Passed(result);
        Assert.InRange(DepthSample.Asked(pair, layer).Length, 1, requests);
        DepthSample.Remove(pair, layer);
        pair.Destination.Faults.Clear();
        ResultAssert.Is(ValidationStatus.Failed, ValidationReason.BlobMissing, await pair.ValidateAsync());
    }

    [Fact]
    public async Task An_empty_answer_without_a_length_is_no_blob_that_has_content()
    {
        await using MirrorPair pair = await StartAsync(ValidationDepth.Blob);
        await using var storage = new RawServer(_ => "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        pair.Destination.Faults.Add(new Fault { Path = LayerPath, RedirectTo = $"http://{storage.Host}/layer" });
        ResultAssert.Error(ValidationReason.UnexpectedResponse, "does not say how large the blob is", await pair.ValidateAsync());
    }

    [Fact]
    public async Task An_answer_that_announces_another_blob_is_not_believed()
    {
        await using MirrorPair pair = await StartAsync(ValidationDepth.Blob);
        pair.Destination.Faults.Add(new Fault { Method = "GET", Path = LayerPath, DigestHeader = DepthSample.Config.Digest });
        ResultAssert.Error(ValidationReason.UnexpectedResponse, "its Docker-Content-Digest is", await pair.ValidateAsync());
    }

    [Fact]
    public async Task A_missing_blob_was_answered_404_to_GET()
    {
        await using MirrorPair pair = await StartAsync(ValidationDepth.Blob);
        DepthSample.Remove(pair, Layer);
        MirrorImageResult result = await pair.ValidateAsync();
        ResultAssert.Failed(ValidationReason.BlobMissing, "destination blob does not exists: [", result);
        Assert.EndsWith($"GET {LayerPath}: 404 Not Found: BLOB_UNKNOWN: blob unknown to registry (1 attempt)", result.Message, StringComparison.Ordinal);
        Assert.Equal(PartOnly, DepthSample.Asked(pair, Layer));
    }

    public static TheoryData<ValidationDepth, string, Fault, ValidationReason> Unknowable()
    {
        var data = new TheoryData<ValidationDepth, string, Fault, ValidationReason>();
        foreach (ValidationDepth depth in new[] { ValidationDepth.Blob, ValidationDepth.Content })
        {
            data.Add(depth, "401", new Fault { Path = LayerPath, Status = 401 }, ValidationReason.Unauthorized);
            data.Add(depth, "403", new Fault { Path = LayerPath, Status = 403 }, ValidationReason.Forbidden);
            data.Add(depth, "429", new Fault { Path = LayerPath, Status = 429, Headers = { ["Retry-After"] = "0" } }, ValidationReason.RateLimited);
            data.Add(depth, "500", new Fault { Path = LayerPath, Status = 500 }, ValidationReason.RegistryUnavailable);
            data.Add(depth, "reset", new Fault { Path = LayerPath, AbortConnection = true }, ValidationReason.RegistryUnavailable);
            data.Add(depth, "308 to nowhere", new Fault { Path = LayerPath, Status = 308, Body = "" }, ValidationReason.UnexpectedResponse);
            data.Add(depth, "a page", new Fault { Path = LayerPath, Body = "<html>Sign in</html>", ContentType = "text/html", DigestHeader = "" }, ValidationReason.UnexpectedResponse);
            data.Add(
                depth,
                "compressed on the way",
                new Fault { Path = LayerPath, BodyBytes = Gzip(Layer.Content.ToArray()), Headers = { ["Content-Encoding"] = "gzip" } },
                ValidationReason.UnexpectedResponse);
        }

        data.Add(
            ValidationDepth.Content,
            "other bytes, labelled",
            new Fault
            {
                Path = LayerPath,
                TransformBody = bytes => [.. Enumerable.Reverse(bytes)],
                Headers = { ["Content-Encoding"] = "zstd" },
            },
            ValidationReason.UnexpectedResponse);
        data.Add(ValidationDepth.Content, "cut off", new Fault { Path = LayerPath, CutOffAfter = 10 }, ValidationReason.RegistryUnavailable);
        return data;
    }

    [Theory]
    [InlineData(ValidationDepth.Blob)]
    [InlineData(ValidationDepth.Content)]
    public async Task A_label_of_compression_on_the_right_bytes_says_nothing(ValidationDepth depth)
    {
        await using MirrorPair pair = await StartAsync(depth);
        pair.Destination.Faults.Add(new Fault { Path = LayerPath, Headers = { ["Content-Encoding"] = "gzip" } });
        ResultAssert.Passed(await pair.ValidateAsync());
    }

    [Theory]
    [MemberData(nameof(Unknowable))]
    public async Task A_blob_that_cannot_be_looked_at_is_neither_missing_nor_damaged(ValidationDepth depth, string what, Fault fault, ValidationReason reason)
    {
        await using MirrorPair pair = await StartAsync(depth);
        pair.Destination.Faults.Add(fault);
        MirrorImageResult result = await pair.ValidateAsync();
        ResultAssert.Error(reason, LayerPath, result);
        Assert.True(fault.Hits > 0, what);
        Assert.Equal(("Manifest", 2, 5), (result.Proof.Level, result.Proof.Manifests, result.Proof.Blobs));
    }

    [Fact]
    public async Task What_is_proven_wrong_outweighs_what_is_not_known()
    {
        await using MirrorPair pair = await StartAsync(ValidationDepth.Blob);
        pair.Destination.Faults.Add(new Fault { Path = DepthSample.PathOf(DepthSample.Amd64.Blobs[0]), Status = 500 });
        DepthSample.Remove(pair, Layer);
        MirrorImageResult result = await pair.ValidateAsync();
        ResultAssert.Failed(ValidationReason.BlobMissing, $"destination blob does not exists: [{DepthSample.LayerWords}: missing]", result);
    }

    [Fact]
    public async Task A_manifest_with_other_bytes_is_an_error_as_at_every_depth()
    {
        await using MirrorPair pair = await StartAsync(ValidationDepth.Blob);
        pair.Destination.Faults.Add(new Fault
        {
            Path = MirrorPair.ManifestPath(RegistrySide.Destination, DepthSample.Arm64.Digest),
            DigestHeader = "",
            TransformBody = _ => DepthSample.Amd64.Content.ToArray(),
        });
        MirrorImageResult result = await pair.ValidateAsync();
        ResultAssert.Error(ValidationReason.DigestVerificationFailed, DepthSample.Arm64.Digest, result);
        Assert.Equal(("List", 1, 3), (result.Proof.Level, result.Proof.Manifests, result.Proof.Blobs));
    }

    [Theory]
    [InlineData(ValidationDepth.Blob)]
    [InlineData(ValidationDepth.Content)]
    public async Task A_blob_that_lies_elsewhere_is_fetched_from_there_without_authorization(ValidationDepth depth)
    {
        await using MirrorPair pair = await StartAsync(depth);
        await using EmbeddedRegistry storage = await EmbeddedRegistry.StartAsync();
        foreach (BuiltBlob blob in DepthSample.Selected) storage.Store.PutBlob(MirrorPair.DestinationRepository, blob.Content);
        pair.Destination.Faults.Add(new Fault { Path = "/v2/*/blobs/*", RedirectTo = $"http://{storage.Host}{{path}}?signature=0123456789abcdef" });
        ResultAssert.Passed(await pair.ValidateAsync());
        Assert.Equal(6, storage.Requests.Count);
        storage.Store.DeleteBlob(MirrorPair.DestinationRepository, Layer.Digest);
        MirrorImageResult result = await pair.ValidateAsync();
        ResultAssert.Failed(ValidationReason.BlobMissing, "destination blob does not exists: [", result);
        Assert.DoesNotContain("0123456789abcdef", result.Message, StringComparison.Ordinal);
    }

    private static byte[] Gzip(byte[] body)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest)) gzip.Write(body);
        return compressed.ToArray();
    }

    private static async Task<MirrorPair> StartAsync(ValidationDepth depth)
    {
        MirrorPair pair = await MirrorPair.StartAsync(DepthSample.List);
        pair.Depth = depth;
        return pair;
    }
}
