using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Registries.Transport;

/// <summary>Redirects are followed without Authorization to whatever is not the registry's own origin (CVE-2020-15157, GHSA-jxpm-75mh-9fp7).</summary>
public sealed class RedirectTests : IAsyncLifetime
{
    private Mirror _mirror = null!;
    private EmbeddedRegistry _other = null!;

    private EmbeddedRegistry Registry => _mirror.Destination;

    public async Task InitializeAsync()
    {
        _mirror = await Mirror.StartAsync();
        Registry.Options.Authentication = new BasicAuthentication { Users = new Dictionary<string, string> { ["mirror"] = "correct horse" } };
        _other = await EmbeddedRegistry.StartAsync(new EmbeddedRegistryOptions { Address = System.Net.IPAddress.Parse("127.0.0.2") });
        _mirror.Image.PutInto(_other.Store, Mirror.Repository, "1");
    }

    public async Task DisposeAsync()
    {
        await _mirror.DisposeAsync();
        await _other.DisposeAsync();
    }

    [Fact]
    public async Task Another_host_sees_no_authorization()
    {
        Registry.Faults.Add(new Fault { AuthorizedOnly = true, RedirectTo = $"http://{_other.Host}{{path}}" });

        await PassesAsync();

        Assert.Equal(3, _other.Requests.Count);
        Assert.All(_other.Requests.Snapshot(), request => Assert.Null(request.Authorization));
        Assert.All(_other.Requests.Snapshot(), request => Assert.Null(request.Header("Cookie")));
    }

    [Fact]
    public async Task Another_port_of_the_host_is_another_host()
    {
        await using EmbeddedRegistry port = await EmbeddedRegistry.StartAsync();
        _mirror.Image.PutInto(port.Store, Mirror.Repository, "1");
        Registry.Faults.Add(new Fault { AuthorizedOnly = true, RedirectTo = $"http://{port.Host}{{path}}" });

        await PassesAsync();

        Assert.All(port.Requests.Snapshot(), request => Assert.Null(request.Authorization));
        Assert.NotEmpty(port.Requests.Snapshot());
    }

    [Theory]
    [InlineData("/v2/moved/app/manifests/1")]
    [InlineData("../../../moved/app/manifests/1")]
    [InlineData("//{host}/v2/moved/app/manifests/1")]
    [InlineData("http://{host}/v2/moved/app/manifests/1")]
    [InlineData("HTTP://{host}/v2/moved/app/manifests/1#part")]
    public async Task The_own_origin_keeps_it(string location)
    {
        _mirror.Image.PutInto(Registry.Store, "moved/app", "1");
        Registry.Faults.Add(new Fault { AuthorizedOnly = true, Path = Mirror.Manifest, RedirectTo = location.Replace("{host}", Registry.Host, StringComparison.Ordinal) });

        await PassesAsync();

        RecordedRequest moved = Assert.Single(Registry.Requests.Where(request => request.Path == "/v2/moved/app/manifests/1"));
        Assert.StartsWith("Basic ", moved.Authorization, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task HEAD_stays_HEAD(int status)
    {
        Registry.Faults.Add(new Fault { AuthorizedOnly = true, Method = "HEAD", Status = status, RedirectTo = $"http://{_other.Host}{{path}}" });

        await PassesAsync();

        Assert.All(_other.Requests.Snapshot(), request => Assert.Equal("HEAD", request.Method));
        Assert.Equal(2, _other.Requests.Count);
    }

    [Fact]
    public async Task A_foreign_challenge_is_not_answered()
    {
        _other.Options.Authentication = new BasicAuthentication { Users = new Dictionary<string, string> { ["mirror"] = "correct horse" } };
        Registry.Faults.Add(new Fault { AuthorizedOnly = true, Path = Mirror.Manifest, RedirectTo = $"http://{_other.Host}{{path}}" });
        using var run = new Run(destination: Run.User("mirror", "correct horse"));

        MirrorImageResult result = await run.ValidateAsync(_mirror.Line);

        Assert.Equal(nameof(ValidationReason.Unauthorized), result.Reason);
        Assert.Contains($"401 Unauthorized (access denied, or the repository may not exist): UNAUTHORIZED from {_other.Host}, which the registry redirected to", result.Message, StringComparison.Ordinal);
        Assert.Null(Assert.Single(_other.Requests.Snapshot()).Authorization);
    }

    [Fact]
    public async Task Back_at_the_own_origin_it_is_sent_again()
    {
        _mirror.Image.PutInto(Registry.Store, "moved/app", "1");
        Registry.Faults.Add(new Fault { AuthorizedOnly = true, Path = Mirror.Manifest, RedirectTo = $"http://{_other.Host}/there" });
        _other.Faults.Add(new Fault { Path = "/there", RedirectTo = $"http://{Registry.Host}/v2/moved/app/manifests/1" });

        await PassesAsync();

        Assert.Null(Assert.Single(_other.Requests.Snapshot()).Authorization);
    }

    [Fact]
    public async Task A_manifest_from_elsewhere_is_verified_all_the_same()
    {
        SampleImages.DockerList("another").PutInto(_other.Store, Mirror.Repository, "1");
        Registry.Faults.Add(new Fault { AuthorizedOnly = true, Path = Mirror.Manifest, RedirectTo = $"http://{_other.Host}{{path}}" });
        using var run = new Run(destination: Run.User("mirror", "correct horse"));

        Assert.Equal(nameof(ValidationReason.SpecMismatch), (await run.ValidateAsync(_mirror.Line)).Reason);
    }

    private async Task PassesAsync()
    {
        using var run = new Run(destination: Run.User("mirror", "correct horse"));
        MirrorImageResult result = await run.ValidateAsync(_mirror.Line);
        Assert.True(result.Status == nameof(ValidationStatus.Passed), result.Message);
    }
}
