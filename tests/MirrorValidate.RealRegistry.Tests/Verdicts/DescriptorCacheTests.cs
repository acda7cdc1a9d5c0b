using System.Net;
using MirrorValidate.Embedded.Images;
using MirrorValidate.RealRegistry.Tests.Fixtures;
using MirrorValidate.RealRegistry.Tests.Mirroring;
using MirrorValidate.Validation;

namespace MirrorValidate.RealRegistry.Tests.Verdicts;

/// <summary>
/// A registry that remembers sizes of blobs, as its usual configuration does, and has lost what they are of. It says
/// that it has them: to HEAD, and in the headers of its answer to GET.
/// </summary>
public sealed class DescriptorCacheTests
{
    private const string NoByte = "206, but not a byte of the content came";

    [RealRegistryTheory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_blob_that_only_the_cache_remembers_does_not_pass(int blob)
    {
        BuiltManifest list = SampleImages.OciIndex($"cached {blob}");
        await using RegistryPair pair = await RegistryPair.StartAsync(null, new DockerRegistryOptions { DescriptorCache = true });
        string line = await pair.AddAsync(list, "cached");
        Expected.Passed(2 + 2 + 4).Check(await ValidateAsync(line, ValidationDepth.Blob));

        string digest = list.Child("linux/arm64/v8").Blobs[blob].Digest;
        pair.Destination.Storage.RemoveBlob(digest);
        Assert.Equal(HttpStatusCode.OK, await HeadAsync(pair, digest));

        Expected.Passed(2 + 2).Check(await ValidateAsync(line, ValidationDepth.Manifest));
        MirrorImageResult result = await ValidateAsync(line, ValidationDepth.Blob);
        Expected.Error(ValidationReason.RegistryUnavailable, "destination registry ", digest, NoByte).Check(result);
        Assert.Equal("Manifest", result.Proof.Level);
        Expected.Error(ValidationReason.RegistryUnavailable, "destination registry ", digest)
            .Check(await ValidateAsync(line, ValidationDepth.Content));

        // Without its memory the registry says what is so.
        await pair.Destination.RestartAsync();
        Expected.Failed(ValidationReason.BlobMissing, "destination blob does not exists: [", digest)
            .Check(await ValidateAsync(line, ValidationDepth.Blob));
    }

    [RealRegistryFact]
    public async Task Of_a_layer_that_broke_off_only_Content_knows()
    {
        BuiltManifest list = SampleImages.OciIndex("broken off");
        await using RegistryPair pair = await RegistryPair.StartAsync(null, new DockerRegistryOptions { DescriptorCache = true });
        string line = await pair.AddAsync(list, "cached");
        string digest = list.Child("linux/amd64").Blobs[1].Digest;
        Assert.Equal(HttpStatusCode.OK, await HeadAsync(pair, digest));
        pair.Destination.Storage.TruncateBlob(digest);

        Expected.Passed(2 + 2 + 4).Check(await ValidateAsync(line, ValidationDepth.Blob));
        Expected.Error(ValidationReason.RegistryUnavailable, "destination registry ", digest)
            .Check(await ValidateAsync(line, ValidationDepth.Content));
    }

    private static async Task<MirrorImageResult> ValidateAsync(string line, ValidationDepth depth)
    {
        using var run = new ValidationRun(options: new ValidationOptions { Depth = depth });
        return await run.ValidateAsync(line);
    }

    private static async Task<HttpStatusCode> HeadAsync(RegistryPair pair, string digest)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(
            HttpMethod.Head, new Uri(pair.Destination.BaseAddress, $"/v2/mirror/cached/blobs/{digest}"));
        using HttpResponseMessage response = await client.SendAsync(request);
        return response.StatusCode;
    }
}
