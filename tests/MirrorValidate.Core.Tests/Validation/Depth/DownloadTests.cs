using MirrorValidate.Core.Tests.Registries;
using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;
using MirrorValidate.Registries;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Validation.Depth;

/// <summary>How blobs are downloaded: again where a transfer broke, not a byte too many, and as long as something comes.</summary>
public sealed class DownloadTests
{
    private static BuiltBlob Layer => DepthSample.Layer;

    private static string LayerPath => DepthSample.PathOf(Layer);

    [Fact]
    public async Task A_transfer_that_breaks_is_begun_again()
    {
        await using MirrorPair pair = await StartAsync();
        pair.Options = pair.Options with { MaximumRetryCount = 3 };
        Fault fault = pair.Destination.Faults.Add(new Fault { Path = LayerPath, CutOffAfter = 20, Times = 2 });
        MirrorImageResult result = await pair.ValidateAsync();
        ResultAssert.Passed(result);
        Assert.Equal((2, 3), (fault.Hits, DepthSample.Asked(pair, Layer).Length));
        Assert.Equal(DepthSample.Selected.Sum(blob => blob.Size), result.Proof.Bytes);
    }

    [Fact]
    public async Task A_large_blob_takes_many_pieces()
    {
        byte[] block = new byte[1000];
        for (int i = 0; i < block.Length; i++) block[i] = (byte)(i * 7);
        await using MirrorPair pair = await MirrorPair.StartAsync();
        pair.Depth = ValidationDepth.Content;
        string digest = pair.Destination.Store.PutRepeatedBlob(MirrorPair.DestinationRepository, block, 3_000);
        BuiltManifest image = BlobImage.Of((digest, 3_000_000));
        image.PutInto(pair.Source.Store, MirrorPair.SourceRepository, "v1");
        image.PutInto(pair.Destination.Store, MirrorPair.DestinationRepository, "v1");
        MirrorImageResult result = await pair.ValidateAsync(ComparisonMode.Digest);
        ResultAssert.Passed(result);
        Assert.Equal(3_000_000 + image.Blobs[0].Size, result.Proof.Bytes);

        block[500] ^= 1;
        pair.Destination.Store.PutBlob(MirrorPair.DestinationRepository, Enumerable.Repeat(block, 3_000).SelectMany(one => one).ToArray(), digest);
        ResultAssert.Failed(ValidationReason.BlobDigestMismatch, "destination blob has another digest: [linux/amd64 layer ", await pair.ValidateAsync(ComparisonMode.Digest));
    }

    [Theory]
    [InlineData(262_144)]
    [InlineData(262_143)]
    [InlineData(262_145)]
    [InlineData(524_288)]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Sizes_around_those_of_a_piece_are_right(int size)
    {
        byte[] content = new byte[size];
        Random.Shared.NextBytes(content);
        await using MirrorPair pair = await MirrorPair.StartAsync();
        pair.Depth = ValidationDepth.Content;
        BuiltManifest image = BlobImage.Of(new BuiltBlob(BlobImage.LayerType, content));
        image.PutInto(pair.Source.Store, MirrorPair.SourceRepository, "v1");
        image.PutInto(pair.Destination.Store, MirrorPair.DestinationRepository, "v1");
        ResultAssert.Passed(await pair.ValidateAsync(ComparisonMode.Digest));
    }

    [Fact]
    public async Task A_blob_without_end_is_read_a_byte_too_far()
    {
        await using MirrorPair pair = await StartAsync();
        pair.Destination.Faults.Add(new Fault { Path = LayerPath, EndlessBody = true });
        MirrorImageResult result = await pair.ValidateAsync();
        ResultAssert.Failed(
            ValidationReason.BlobSizeMismatch, $"destination blob has another size: [{DepthSample.LayerWords}: more than {Layer.Size} bytes]", result);
        Assert.Single(DepthSample.Asked(pair, Layer));
    }

    [Fact]
    public async Task A_transfer_may_take_longer_than_an_attempt_as_long_as_something_comes()
    {
        await using MirrorPair pair = await StartAsync();
        pair.Options = pair.Options with { AttemptTimeout = TimeSpan.FromSeconds(3) };
        // Some 400 bytes at 10 ms each.
        pair.Destination.Faults.Add(new Fault { Path = LayerPath, DripDelay = TimeSpan.FromMilliseconds(10) });
        ResultAssert.Passed(await pair.ValidateAsync());
    }

    [Fact]
    public async Task A_transfer_that_stalls_is_given_up()
    {
        await using MirrorPair pair = await StartAsync();
        pair.Options = pair.Options with { AttemptTimeout = TimeSpan.FromSeconds(3) };
        pair.Destination.Faults.Add(new Fault { Path = LayerPath, DripDelay = TimeSpan.FromDays(1) });
        MirrorImageResult result = await pair.ValidateAsync();
        ResultAssert.Error(ValidationReason.TimedOut, "no answer within 3 s for the rest of it", result);
    }

    [Fact]
    public async Task The_time_of_the_image_bounds_all()
    {
        await using MirrorPair pair = await StartAsync();
        pair.Timeout = TimeSpan.FromMilliseconds(500);
        pair.Destination.Faults.Add(new Fault { Path = LayerPath, DripDelay = TimeSpan.FromMilliseconds(10) });
        pair.Destination.Faults.Add(new Fault { Path = "/v2/*/blobs/*", HangForever = true });
        ResultAssert.Error(ValidationReason.TimedOut, "for the image", await pair.ValidateAsync());
    }

    [Fact]
    public async Task A_body_that_ends_early_where_its_end_is_that_of_the_connection_has_broken_off()
    {
        await using var storage = new RawServer(_ => "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nabc");
        await using MirrorPair pair = await StartAsync();
        pair.Options = pair.Options with { MaximumRetryCount = 1 };
        pair.Destination.Faults.Add(new Fault { Path = LayerPath, RedirectTo = $"http://{storage.Host}/layer" });
        ResultAssert.Error(ValidationReason.RegistryUnavailable, "the connection was closed before the answer was complete (2 attempts)", await pair.ValidateAsync());
    }

    [Fact]
    public async Task The_layers_of_an_image_are_bounded()
    {
        await using MirrorPair pair = await StartAsync();
        pair.Options = pair.Options with { Limits = new RegistryLimits { Blobs = 5 } };
        ResultAssert.Error(ValidationReason.ResponseTooLarge, "the images have more than 5 layers together", await pair.ValidateAsync());
        pair.Options = pair.Options with { Limits = new RegistryLimits { Blobs = 6 } };
        ResultAssert.Passed(await pair.ValidateAsync());
    }

    [Fact]
    public async Task Four_are_downloaded_at_once()
    {
        BuiltManifest image = new ImageBuilder("many") { LayerCount = 12 }.Build();
        await using MirrorPair pair = await MirrorPair.StartAsync(SampleImages.Wrapped(image));
        pair.Depth = ValidationDepth.Content;
        Fault fault = pair.Destination.Faults.Add(new Fault { Path = "/v2/*/blobs/*", HangForever = true });
        using var end = new CancellationTokenSource();
        Task<MirrorImageResult> validation = pair.ValidateAsync(cancellationToken: end.Token);
        await Patience.UntilAsync(() => pair.Destination.Requests.Concurrency == 4);
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => validation);
        Assert.Equal(4, fault.Hits);
    }

    [Fact]
    public async Task Sha512_is_verified()
    {
        BuiltBlob layer = LayerBuilder.Build("sha512", 64);
        string digest = ContentDigest.Sha512(layer.Content.Span);
        BuiltManifest image = BlobImage.Of((digest, layer.Size));
        await using MirrorPair pair = await MirrorPair.StartAsync(image);
        pair.Destination.Store.PutBlob(MirrorPair.DestinationRepository, layer.Content, digest);
        pair.Depth = ValidationDepth.Content;
        ResultAssert.Passed(await pair.ValidateAsync(ComparisonMode.Digest));
        pair.Destination.Store.PutBlob(MirrorPair.DestinationRepository, DepthSample.Spoil(layer.Content), digest);
        MirrorImageResult result = await pair.ValidateAsync(ComparisonMode.Digest);
        ResultAssert.Is(ValidationStatus.Failed, ValidationReason.BlobDigestMismatch, result);
        Assert.Contains($"{digest} ", result.Message, StringComparison.Ordinal);
        Assert.Contains("its content has the digest sha512:", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_digest_that_nobody_can_verify_is_an_error_where_it_is_asked_to_be()
    {
        BuiltBlob layer = LayerBuilder.Build("blake3", 64);
        BuiltManifest image = BlobImage.Of(("blake3:abcdef", layer.Size));
        await using MirrorPair pair = await MirrorPair.StartAsync(image);
        pair.Destination.Store.PutBlob(MirrorPair.DestinationRepository, layer.Content, "blake3:abcdef");
        pair.Depth = ValidationDepth.Content;
        pair.Destination.Faults.Add(new Fault { Path = "/v2/*/blobs/blake3:abcdef", BodyBytes = layer.Content });
        ResultAssert.Error(ValidationReason.DigestVerificationFailed, "the digest algorithm \"blake3\" cannot be verified", await pair.ValidateAsync(ComparisonMode.Digest));
        pair.Depth = ValidationDepth.Blob;
        ResultAssert.Passed(await pair.ValidateAsync(ComparisonMode.Digest));
    }

    private static async Task<MirrorPair> StartAsync()
    {
        MirrorPair pair = await MirrorPair.StartAsync(DepthSample.List);
        pair.Depth = ValidationDepth.Content;
        return pair;
    }
}
