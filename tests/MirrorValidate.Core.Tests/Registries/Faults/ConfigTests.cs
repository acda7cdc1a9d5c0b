using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Registries.Faults;

/// <summary>The config of a single image, a blob: redirected to storage by many registries, and as little to be trusted as a manifest.</summary>
public sealed class ConfigTests : IAsyncLifetime
{
    private const string Blobs = "/v2/team/app/blobs/*";

    private Mirror _mirror = null!;
    private EmbeddedRegistry _storage = null!;
    private BuiltBlob _config = null!;

    public async Task InitializeAsync()
    {
        BuiltManifest image = SampleImages.Image("app");
        _config = image.Blobs[0];
        _mirror = await Mirror.StartAsync(image: image);
        SampleImages.Wrapped(image).PutInto(_mirror.Destination.Store, Mirror.Repository, "1");
        _storage = await EmbeddedRegistry.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _mirror.DisposeAsync();
        await _storage.DisposeAsync();
    }

    [Fact]
    public async Task From_storage_on_another_host()
    {
        Redirect();
        _storage.Faults.Add(new Fault { Path = "/bucket/*", BodyBytes = _config.Content, ContentType = "application/octet-stream" });

        Assert.Equal((nameof(ValidationStatus.Passed), 5), await ValidateAsync());
        Assert.Null(Assert.Single(_storage.Requests.Snapshot()).Authorization);
    }

    [Fact]
    public Task That_storage_has_lost() =>
        CheckAsync(new Fault { Path = "/bucket/*", Status = 404, Body = "<Error><Code>NoSuchKey</Code></Error>", ContentType = "application/xml" }, ValidationReason.SourceNotFound, "source image config does not exists: ", "404 Not Found");

    [Fact]
    public Task That_storage_refuses() => CheckAsync(new Fault { Path = "/bucket/*", Status = 403 }, ValidationReason.Forbidden, "403 Forbidden", "which the registry redirected to");

    [Fact]
    public Task Of_other_content() => CheckAsync(new Fault { Path = "/bucket/*", Body = "{}" }, ValidationReason.DigestVerificationFailed, "the content has the digest sha256:44136fa");

    [Fact]
    public Task That_is_compressed_on_its_way() =>
        CheckAsync(new Fault { Path = "/bucket/*", Body = "\u001f\u008b", Headers = { ["Content-Encoding"] = "gzip" } }, ValidationReason.DigestVerificationFailed, "the content has the digest");

    [Fact]
    public Task Without_an_end() => CheckAsync(new Fault { Path = "/bucket/*", EndlessBody = true }, ValidationReason.ResponseTooLarge, "larger than 8388608 bytes");

    [Fact]
    public async Task That_the_registry_does_not_have()
    {
        _mirror.Source.Faults.Add(new Fault { Path = Blobs, Status = 404 });

        await CheckAsync(ValidationReason.SourceNotFound, "source image config does not exists: ", $"GET /v2/team/app/blobs/{_config.Digest}");
    }

    private void Redirect() =>
        _mirror.Source.Faults.Add(new Fault { Path = Blobs, RedirectTo = $"http://{_storage.Host}/bucket/x?X-Amz-Signature=0123456789abcdef0123456789abcdef" });

    private async Task<(string Status, int Requests)> ValidateAsync()
    {
        using var run = new Run();
        MirrorImageResult result = await run.ValidateAsync(_mirror.Line);
        return (result.Status, result.RequestCount);
    }

    private Task CheckAsync(Fault storage, ValidationReason reason, params string[] says)
    {
        Redirect();
        _storage.Faults.Add(storage);
        return CheckAsync(reason, says);
    }

    private async Task CheckAsync(ValidationReason reason, params string[] says)
    {
        using var run = new Run();
        MirrorImageResult result = await run.ValidateAsync(_mirror.Line);
        Assert.Equal((nameof(ValidationStatus.Error), reason.ToString()), (result.Status, result.Reason));
        Assert.All(says, words => Assert.Contains(words, result.Message, StringComparison.Ordinal));
        Assert.DoesNotContain("Signature", result.Message + run.Log.Text, StringComparison.Ordinal);
    }
}
