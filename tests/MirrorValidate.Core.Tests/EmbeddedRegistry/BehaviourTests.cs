using System.Net;
using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;

namespace MirrorValidate.Core.Tests.Embedded;

public sealed class BehaviourTests : RegistryTest
{
    private const string Path = "/v2/a/manifests/1";

    [Fact]
    public async Task Pull_limit_counts_gets_and_spares_heads()
    {
        SampleImages.Image("a").PutInto(Store, "a", "1");
        Registry.Options.PullRateLimit = new PullRateLimit { Limit = 2, RetryAfter = TimeSpan.FromSeconds(9) };

        Assert.Equal("2;w=21600", Header(await SendAsync(HttpMethod.Head, Path), "RateLimit-Remaining"));
        Assert.Equal("1;w=21600", Header(await SendAsync(HttpMethod.Get, Path), "RateLimit-Remaining"));
        Assert.Equal("0;w=21600", Header(await SendAsync(HttpMethod.Get, Path), "RateLimit-Remaining"));

        var refused = await SendAsync(HttpMethod.Get, Path);
        Assert.Equal("2;w=21600", Header(refused, "RateLimit-Limit"));
        Assert.Equal("9", Header(refused, "Retry-After"));
        await AssertErrorAsync(refused, 429, "TOOMANYREQUESTS");
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Head, Path)).StatusCode);

        Registry.Options.PullRateLimit.Reset();
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Get, Path)).StatusCode);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(405)]
    public async Task Heads_can_be_refused(int status)
    {
        var image = SampleImages.Image("a");
        image.PutInto(Store, "a", "1");
        Registry.Options.RefuseHead = status;

        Assert.Equal(status, (int)(await SendAsync(HttpMethod.Head, Path)).StatusCode);
        Assert.Equal(status, (int)(await SendAsync(HttpMethod.Head, $"/v2/a/blobs/{image.Blobs[0].Digest}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Get, Path)).StatusCode);
    }

    [Fact]
    public async Task Digest_headers_can_be_left_out()
    {
        var image = SampleImages.Image("a");
        image.PutInto(Store, "a", "1");
        Registry.Options.OmitContentDigest = true;

        foreach (var path in new[] { Path, $"/v2/a/blobs/{image.Blobs[0].Digest}" })
        {
            using var response = await SendAsync(HttpMethod.Get, path);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Null(Header(response, "Docker-Content-Digest"));
            Assert.Null(Header(response, "ETag"));
        }
    }

    [Theory]
    [InlineData(null, 404)]
    [InlineData("*/*", 404)]
    [InlineData(RegistryMediaTypes.OciManifest, 404)]
    [InlineData(RegistryMediaTypes.OciIndex, 200)]
    [InlineData(RegistryMediaTypes.DockerList + ", " + RegistryMediaTypes.OciIndex + ";q=0.5", 200)]
    public async Task Accept_is_honoured_as_distribution_does(string? accept, int status)
    {
        SampleImages.OciIndex("a").PutInto(Store, "a", "1");
        SampleImages.DockerList("a").PutInto(Store, "a", "2");
        Registry.Options.HonourAccept = true;
        if (accept is not null)
        {
            Client.DefaultRequestHeaders.TryAddWithoutValidation("Accept", accept);
        }

        using var oci = await SendAsync(HttpMethod.Get, Path);
        using var docker = await SendAsync(HttpMethod.Get, "/v2/a/manifests/2");

        Assert.Equal(status, (int)oci.StatusCode);
        Assert.Equal(HttpStatusCode.OK, docker.StatusCode);
    }

    [Fact]
    public async Task Latency_is_waited_out_and_ends_with_the_client()
    {
        Registry.Options.Latency = TimeSpan.FromHours(1);
        using var cancellation = new CancellationTokenSource();
        var request = Client.GetAsync(Path, cancellation.Token);
        await Patience.UntilAsync(() => Registry.Requests.Count > 0);

        Assert.False(request.IsCompleted);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
    }

    [Fact]
    public async Task Journal_has_each_request_as_it_was()
    {
        SampleImages.Image("a").PutInto(Store, "a", "1");
        Client.DefaultRequestHeaders.TryAddWithoutValidation("Accept", "application/one, application/two");

        using var first = await SendAsync(HttpMethod.Get, Path + "?x=%20y", authorization: Basic("u", "p"));
        using var second = await SendAsync(HttpMethod.Head, "/v2/b/manifests/1");

        var requests = Registry.Requests.Snapshot();
        Assert.Equal(["GET /v2/a/manifests/1 200", "HEAD /v2/b/manifests/1 404"], requests.Select(request => request.ToString()));
        Assert.Equal("?x=%20y", requests[0].Query);
        Assert.Equal("application/one, application/two", requests[0].Accept);
        Assert.Equal(Basic("u", "p"), requests[0].Authorization);
        Assert.Null(requests[1].Authorization);
        Assert.Equal("HTTP/1.1", requests[0].Protocol);
        Assert.Equal(1, Registry.Requests.PeakConcurrency);

        Registry.Requests.Clear();
        Assert.Equal(0, Registry.Requests.Count);
        Registry.Requests.Enabled = false;
        using var third = await SendAsync(HttpMethod.Get, Path);
        Assert.Equal(1, Registry.Requests.Count);
        Assert.Empty(Registry.Requests.Snapshot());
    }

    [Fact]
    public async Task Peak_is_how_many_were_on_the_way_at_once()
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Registry.Faults.Add(new Fault
        {
            Status = 200,
            Predicate = _ =>
            {
                if (Registry.Requests.Concurrency == 5)
                {
                    arrived.TrySetResult();
                }

                return true;
            },
            Delay = TimeSpan.FromHours(1),
        });
        using var cancellation = new CancellationTokenSource();

        var requests = Enumerable.Range(0, 5).Select(_ => Client.GetAsync(Path, cancellation.Token)).ToArray();
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(requests));

        Assert.Equal(5, Registry.Requests.PeakConcurrency);
    }
}
