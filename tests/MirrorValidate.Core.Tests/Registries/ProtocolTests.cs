using System.Text;
using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;
using MirrorValidate.Manifests;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Registries;

/// <summary>What good registries do, and what the distribution-spec lets them do.</summary>
public sealed class ProtocolTests : IAsyncLifetime
{
    private Mirror _mirror = null!;

    public async Task InitializeAsync() => _mirror = await Mirror.StartAsync();

    public async Task DisposeAsync() => await _mirror.DisposeAsync();

    [Fact]
    public async Task Every_manifest_request_accepts_all_six_types_and_asks_for_no_compression()
    {
        await PassesAsync(requests: 4);

        RecordedRequest[] requests = [.. _mirror.Source.Requests.Snapshot(), .. _mirror.Destination.Requests.Snapshot()];
        Assert.Equal(4, requests.Length);
        string[] types = [MediaTypes.OciIndex, MediaTypes.DockerList, MediaTypes.OciManifest, MediaTypes.DockerManifest, MediaTypes.DockerSchema1Signed, MediaTypes.DockerSchema1];
        Assert.All(requests, request => Assert.Equal(types.Order(), request.Accept!.Split(", ").Order()));
        Assert.All(requests, request => Assert.Equal("identity", request.Header("Accept-Encoding")));
        Assert.All(requests, request => Assert.Null(request.Authorization));
    }

    [Fact]
    public Task A_registry_that_answers_only_what_is_accepted_does() =>
        WithAsync(registry => registry.Options.HonourAccept = true, requests: 4);

    [Fact]
    public Task A_registry_that_refuses_HEAD_is_asked_by_GET() => WithAsync(registry => registry.Options.RefuseHead = 405, requests: 6);

    [Fact]
    public Task A_registry_need_not_announce_digests() => WithAsync(registry => registry.Options.OmitContentDigest = true, requests: 4);

    [Theory]
    [InlineData("; charset=utf-8")]
    [InlineData(";v=1;q=0.5")]
    [InlineData(" ; x=\"y, z\"")]
    public Task Parameters_of_a_content_type_say_nothing(string parameters) =>
        WithAsync(registry => registry.Faults.Add(new Fault { ContentType = MediaTypes.DockerList + parameters, Path = Mirror.Manifest }), requests: 4);

    [Theory]
    [InlineData("gzip")]
    [InlineData("aws-chunked, gzip")]
    [InlineData("identity")]
    public Task A_label_of_compression_on_the_right_bytes_says_nothing(string encoding) =>
        WithAsync(registry => registry.Faults.Add(new Fault { Headers = { ["Content-Encoding"] = encoding } }), requests: 4);

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    public async Task Manifests_of_megabytes_are_read(int megabytes)
    {
        string padded = Encoding.UTF8.GetString(_mirror.Image.Content.Span);
        padded += new string(' ', (megabytes * 1024 * 1024) - padded.Length);
        foreach (EmbeddedRegistry registry in new[] { _mirror.Source, _mirror.Destination })
            registry.Store.PutManifest(Mirror.Repository, "1", _mirror.Image.MediaType, Encoding.UTF8.GetBytes(padded));

        await PassesAsync(requests: 4);
    }

    [Fact]
    public async Task Lists_of_ten_thousand_entries_are_compared()
    {
        _mirror.Put(SampleImages.WideIndex("wide", 10_000), Mirror.Repository);

        await PassesAsync(requests: 4);
    }

    [Fact]
    public async Task A_hundred_entries_are_looked_for_a_few_at_once()
    {
        var index = new IndexBuilder(ImageFormat.Oci);
        for (int number = 0; number < 100; number++) index.AddImages($"many{number}", [ImagePlatform.LinuxAmd64]);
        _mirror.Put(index.Build(), Mirror.Repository);
        _mirror.Destination.Options.Latency = TimeSpan.FromMilliseconds(20);

        await PassesAsync(requests: 102);

        Assert.InRange(_mirror.Destination.Requests.PeakConcurrency, 2, 32);
    }

    [Fact]
    public async Task Words_for_retries_and_credentials_are_in_the_log_of_the_entry()
    {
        _mirror.Destination.Options.Authentication = new BasicAuthentication { Users = new Dictionary<string, string> { ["mirror"] = "correct horse" } };
        using var run = new Run(destination: Run.User("mirror", "correct horse"));

        await run.ValidateAsync(_mirror.Line);

        Assert.Contains($"[INFO] [M_ID:1] using the credential for destination registry {_mirror.Destination.Host} from the test", run.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("correct horse", run.Log.Text, StringComparison.Ordinal);
    }

    private async Task WithAsync(Action<EmbeddedRegistry> arrange, int requests)
    {
        arrange(_mirror.Source);
        arrange(_mirror.Destination);
        await PassesAsync(requests);
    }

    private async Task PassesAsync(int requests)
    {
        using var run = new Run();
        MirrorImageResult result = await run.ValidateAsync(_mirror.Line);
        Assert.True(result.Status == nameof(ValidationStatus.Passed), result.Message);
        Assert.Equal(requests, result.RequestCount);
    }
}
