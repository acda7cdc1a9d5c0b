using MirrorValidate.RealRegistry.Tests.Fixtures;

namespace MirrorValidate.RealRegistry.Tests.Mirroring;

/// <summary>The registries that the tests of a class share.</summary>
public sealed class MirroredRegistries : IAsyncLifetime
{
    // Such a registry converts a manifest that the client does not accept instead of refusing it.
    private static readonly DockerRegistryOptions Converting = new() { Schema1 = true };

    public RegistryPair Pair { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        // xUnit creates the fixture of a class even if all of its tests are skipped.
        if (RealBinaries.SkipReason is null) Pair = await RegistryPair.StartAsync(Converting, Converting);
    }

    public async Task DisposeAsync()
    {
        if (Pair is not null) await Pair.DisposeAsync();
    }
}
