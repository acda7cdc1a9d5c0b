using System.Net.NetworkInformation;
using MirrorValidate.Embedded.Images;
using MirrorValidate.RealRegistry.Tests.Fixtures;
using MirrorValidate.RealRegistry.Tests.Mirroring;
using MirrorValidate.References;
using MirrorValidate.Registries;
using MirrorValidate.Validation;

namespace MirrorValidate.RealRegistry.Tests.Outages;

/// <summary>
/// Registries that do not answer, or whose answer is too large: an error that says so, without a claim about what
/// exists.
/// </summary>
public sealed class UnreachableTests : IAsyncLifetime
{
    private RegistryPair _registries = null!;
    private string _line = "";

    public async Task InitializeAsync()
    {
        if (RealBinaries.SkipReason is not null) return;
        _registries = await RegistryPair.StartAsync();
        _line = await _registries.AddAsync(SampleImages.DockerList("list"), "list");
    }

    public async Task DisposeAsync()
    {
        if (_registries is not null) await _registries.DisposeAsync();
    }

    [RealRegistryFact]
    public async Task A_registry_that_is_down_is_unavailable_and_asked_as_often_as_the_settings_say()
    {
        await _registries.Destination.KillAsync();
        Refused("destination", attempts: 3).Check(await ValidateAsync(new RegistryOptions { MaximumRetryCount = 2, RetryDelay = TimeSpan.FromMilliseconds(1) }));
        Refused("destination", attempts: 1).Check(await ValidateAsync(new RegistryOptions { MaximumRetryCount = 0 }));

        await _registries.Source.KillAsync();
        Refused("source", attempts: 2).Check(await ValidateAsync(ValidationRun.Quick));

        await _registries.Destination.RestartAsync();
        Refused("source", attempts: 2).Check(await ValidateAsync(ValidationRun.Quick));

        await _registries.Source.RestartAsync();
        Expected.Passed(requests: 4).Check(await ValidateAsync(ValidationRun.Quick));
    }

    [RealRegistryFact]
    public async Task A_registry_that_was_asked_before_it_went_down_is_unavailable_too()
    {
        using var run = new ValidationRun(ValidationRun.Quick with { MaximumRetryCount = 0 });
        Expected.Passed(requests: 4).Check(await run.ValidateAsync(_line));
        await _registries.Destination.KillAsync();
        Expected.Error(ValidationReason.RegistryUnavailable, "destination registry {destinationHost}: GET /v2/mirror/list/manifests/v1: ")
            .Check(await run.ValidateAsync(_line));
        await _registries.Destination.RestartAsync();
        Expected.Passed(requests: 4).Check(await run.ValidateAsync(_line));
    }

    [RealRegistryFact]
    public async Task A_registry_that_hangs_runs_into_the_time_of_the_attempt_or_of_the_image()
    {
        const string Request = "destination registry {destinationHost}: GET /v2/mirror/list/manifests/v1";
        using (_registries.Destination.Suspend())
        {
            Expected.Error(ValidationReason.TimedOut, $"{Request}: no answer within 2 s (2 attempts)")
                .Check(await ValidateAsync(ValidationRun.Quick with { AttemptTimeout = TimeSpan.FromSeconds(2) }));
            var options = new ValidationOptions { Timeout = TimeSpan.FromSeconds(3) };
            Expected.Error(
                ValidationReason.TimedOut, $"{Request}: no answer within the 3 s for the image (1 attempt)")
                .Check(await ValidateAsync(ValidationRun.Quick, options));
        }

        Expected.Passed(requests: 4).Check(await ValidateAsync(ValidationRun.Quick));
    }

    [RealRegistryFact]
    public async Task A_registry_that_goes_down_before_it_has_said_whether_it_speaks_tls_is_asked_again()
    {
        using var directory = new TemporaryDirectory();
        CertificateFiles certificate = new TestCertificates(directory.Path).Server;
        await using RegistryPair registries = await RegistryPair.StartAsync(destination: new DockerRegistryOptions { Certificate = certificate });
        string line = await registries.AddAsync(SampleImages.DockerList("list"), "list");
        RegistryHost destination = RegistryHost.Parse(registries.Destination.Host);
        using var run = new ValidationRun(ValidationRun.Quick with
        {
            InsecureRegistries = [destination],
            MaximumRetryCount = 1000,
            MaximumRetryDelay = TimeSpan.FromMilliseconds(50),
        });

        Task<MirrorImageResult> result;
        using (registries.Destination.Suspend())
        {
            result = run.ValidateAsync(line);
            await Patience.UntilAsync(() => IsConnected(destination.Port!.Value));
            await registries.Destination.KillAsync();
        }

        await registries.Destination.RestartAsync();
        (Expected.Passed(requests: 0) with { Requests = null }).Check(await result);
    }

    [RealRegistryFact]
    public async Task Images_that_a_registry_cannot_serve_do_not_stand_for_the_registry()
    {
        BuiltManifest damaged = SampleImages.DockerList("damaged");
        string broken = await _registries.AddAsync(damaged, "damaged");
        _registries.Destination.Storage.TruncateBlob(damaged.Digest);
        using var run = new ValidationRun();
        for (int id = 1; id <= 5; id++)
        {
            Expected.Error(
                ValidationReason.RegistryUnavailable,
                "destination registry {destinationHost}: GET /v2/mirror/damaged/manifests/v1: 500 Internal Server Error: UNKNOWN: unknown error (2 attempts)")
                .Check(await run.ValidateAsync(broken, id));
        }

        Expected.Passed(requests: 4).Check(await run.ValidateAsync(_line, id: 6));
    }

    [RealRegistryFact]
    public async Task A_manifest_over_the_limit_is_not_read()
    {
        var limits = new RegistryLimits { ManifestSize = SampleImages.DockerList("list").Size - 1 };
        Expected.Error(
            ValidationReason.ResponseTooLarge,
            "source registry {sourceHost}: GET /v2/library/list/manifests/v1: ",
            $"larger than {limits.ManifestSize} bytes").Check(await ValidateAsync(ValidationRun.Quick with { Limits = limits }));
        limits = new RegistryLimits { ManifestSize = limits.ManifestSize + 1 };
        Expected.Passed(requests: 4).Check(await ValidateAsync(ValidationRun.Quick with { Limits = limits }));
    }

    private static bool IsConnected(int port) => IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections()
        .Any(connection => connection.RemoteEndPoint.Port == port && connection.State == TcpState.Established);

    private static Expected Refused(string side, int attempts) => Expected.Error(
        ValidationReason.RegistryUnavailable,
        $"{side} registry {{{side}Host}}: GET /v2/",
        $"the connection was refused ({attempts} attempt{(attempts == 1 ? "" : "s")})");

    private async Task<MirrorImageResult> ValidateAsync(RegistryOptions registries, ValidationOptions? options = null)
    {
        using var run = new ValidationRun(registries, options);
        return await run.ValidateAsync(_line);
    }
}
