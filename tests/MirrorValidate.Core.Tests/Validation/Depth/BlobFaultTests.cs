using System.IO.Compression;
using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;
using MirrorValidate.Registries;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Validation.Depth;

/// <summary>What registries do with requests for blobs. What could not be looked at is neither missing nor damaged.</summary>
public sealed class BlobFaultTests
{
    private static readonly string LayerPath = DepthSample.PathOf(Layer);

    private static BuiltBlob Layer => DepthSample.Layer;

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(405)]
    [InlineData(501)]
    public async Task Where_HEAD_is_refused_the_first_byte_tells(int status)
    {
        await using MirrorPair pair = await StartAsync(ValidationDepth.Blob);
        pair.Destination.Options.RefuseHead = status;
        ResultAssert.Passed(await pair.ValidateAsync());
        Assert.Equal(["HEAD", "GET bytes=0-0"], DepthSample.Asked(pair, Layer));
        DepthSample.Replace(pair, Layer, [1, 2]);
        ResultAssert.Failed(ValidationReason.BlobSizeMismatch, $"destination blob has another size: [{DepthSample.LayerWords}: 2 bytes", await pair.ValidateAsync());
        DepthSample.Replace(pair, Layer, []);
        ResultAssert.Failed(ValidationReason.BlobSizeMismatch, $"destination blob has another size: [{DepthSample.LayerWords}: 0 bytes", await pair.ValidateAsync());
        DepthSample.Remove(pair, Layer);
        ResultAssert.Failed(ValidationReason.BlobMissing, $"destination blob does not exists: [{DepthSample.LayerWords}", await pair.ValidateAsync());
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(416)]
    [InlineData(501)]
    public async Task Where_a_part_is_refused_too_the_headers_of_the_whole_tell(int status)
    {
        await using MirrorPair pair = await StartAsync(ValidationDepth.Blob);
        pair.Destination.Options.RefuseHead = 405;
        pair.Destination.Faults.Add(new Fault { Predicate = request => request.Request.Headers.Range.Count > 0, Status = status });
        ResultAssert.Passed(await pair.ValidateAsync());
        Assert.Equal(["HEAD", "GET bytes=0-0", "GET"], DepthSample.Asked(pair, Layer));
    }

    [Fact]
    public async Task A_registry_that_knows_no_parts_answers_with_the_whole()
    {
        await using MirrorPair pair = await StartAsync(ValidationDepth.Blob);
        pair.Destination.Options.RefuseHead = 405;
        pair.Destination.Faults.Add(new Fault { Method = "GET", Path = LayerPath, BodyBytes = Layer.Content });
        ResultAssert.Passed(await pair.ValidateAsync());
        Assert.Equal(["HEAD", "GET bytes=0-0"], DepthSample.Asked(pair, Layer));
    }

    [Fact]
    public async Task A_part_of_a_size_that_is_not_told_proves_nothing()
    {
        await using MirrorPair pair = await StartAsync(ValidationDepth.Blob);
        pair.Destination.Options.RefuseHead = 405;
        pair.Destination.Faults.Add(new Fault
        {
            Path = LayerPath,
            Predicate = request => request.Request.Headers.Range.Count > 0,
            Status = 206,
            Body = "x",
            Headers = { ["Content-Range"] = "bytes 0-0/*" },
        });
        ResultAssert.Passed(await pair.ValidateAsync());
        Assert.Equal(["HEAD", "GET bytes=0-0", "GET"], DepthSample.Asked(pair, Layer));
    }

    [Fact]
    public async Task A_size_that_is_never_told_is_an_error()
    {
        await using MirrorPair pair = await StartAsync(ValidationDepth.Blob);
        pair.Destination.Options.RefuseHead = 405;
        pair.Destination.Faults.Add(new Fault { Method = "GET", Path = LayerPath, EndlessBody = true });
        ResultAssert.Error(ValidationReason.UnexpectedResponse, "does not say how large the blob is", await pair.ValidateAsync());
    }

    [Fact]
    public async Task A_HEAD_that_disagrees_is_not_believed()
    {
        await using MirrorPair pair = await StartAsync(ValidationDepth.Blob);
        Fault fault = pair.Destination.Faults.Add(new Fault { Method = "HEAD", Path = LayerPath, Status = 200, Body = "" });
        ResultAssert.Passed(await pair.ValidateAsync());
        Assert.Equal(1, fault.Hits);
        Assert.Equal(["HEAD", "GET bytes=0-0"], DepthSample.Asked(pair, Layer));
    }

    [Fact]
    public async Task An_answer_that_announces_another_blob_is_not_believed()
    {
        await using MirrorPair pair = await StartAsync(ValidationDepth.Blob);
        pair.Destination.Faults.Add(new Fault { Method = "HEAD", Path = LayerPath, DigestHeader = DepthSample.Config.Digest });
        ResultAssert.Passed(await pair.ValidateAsync());
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
        Assert.Equal(["HEAD", "GET bytes=0-0"], DepthSample.Asked(pair, Layer));
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

        data.Add(ValidationDepth.Content, "other bytes, labelled", new Fault { Path = LayerPath, TransformBody = bytes => [.. bytes.Reverse()], Headers = { ["Content-Encoding"] = "zstd" } }, ValidationReason.UnexpectedResponse);
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
