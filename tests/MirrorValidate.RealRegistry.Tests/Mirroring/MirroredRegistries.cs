using MirrorValidate.Embedded.Images;
using MirrorValidate.ImageLists;
using MirrorValidate.Logging;
using MirrorValidate.RealRegistry.Tests.Fixtures;
using MirrorValidate.Registries;
using MirrorValidate.Validation;

namespace MirrorValidate.RealRegistry.Tests.Mirroring;

/// <summary>Two real registries that the tests of a class share, the real client that mirrors, and the validator that looks at both.</summary>
public sealed class MirroredRegistries : IAsyncLifetime, IDisposable
{
    // Such a registry converts what a client does not say that it accepts, instead of refusing it.
    private static readonly DockerRegistryOptions Converting = new() { Schema1 = true };

    private readonly RegistrySession _session = new(Quick);
    private RegistryPusher _sourcePusher = null!;

    /// <summary>One retry, at once: for tests that are not about retries.</summary>
    public static RegistryOptions Quick { get; } = new() { MaximumRetryCount = 1, RetryDelay = TimeSpan.FromMilliseconds(10) };

    public DockerRegistryProcess Source { get; private set; } = null!;

    public DockerRegistryProcess Destination { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        // The fixture of a class is made even where all of its tests are skipped.
        if (RealBinaries.SkipReason is not null) return;
        Source = await DockerRegistryProcess.StartAsync(Converting);
        Destination = await DockerRegistryProcess.StartAsync(Converting);
        _sourcePusher = Source.CreatePusher();
    }

    public async Task DisposeAsync()
    {
        if (Source is null) return;
        _sourcePusher.Dispose();
        await Source.DisposeAsync();
        await Destination.DisposeAsync();
    }

    public void Dispose() => _session.Dispose();

    public Task PushAsync(BuiltManifest manifest, string repository, string tag) => _sourcePusher.PushAsync(manifest, repository, tag);

    public Task DeleteFromSourceAsync(string repository, string digest) => _sourcePusher.DeleteManifestAsync(repository, digest);

    public Task MirrorAsync(string from, string to, string tag, SkopeoCopyOptions? options = null) =>
        Skopeo.CopyAsync($"{Source.Host}/{from}:{tag}", $"{Destination.Host}/{to}:{tag}", options);

    public Task<MirrorImageResult> ValidateAsync(string line, ComparisonMode mode = default, string architectures = "amd64,arm64")
    {
        var options = new ValidationOptions { Comparison = mode, Architectures = ArchitectureSelection.Of([architectures]) };
        var validator = new MirrorValidator(
            _session.CreateClient(RegistrySide.Source), _session.CreateClient(RegistrySide.Destination), options, NullLogSink.Instance);
        return validator.ValidateAsync(ImageListEntry.Read(1, new ImageListLine(line, 1, Path: null)), CancellationToken.None);
    }
}
