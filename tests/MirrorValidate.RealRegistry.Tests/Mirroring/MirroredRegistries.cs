using MirrorValidate.RealRegistry.Tests.Fixtures;

namespace MirrorValidate.RealRegistry.Tests.Mirroring;

/// <summary>The registries that the tests of a class share.</summary>
public sealed class MirroredRegistries : IAsyncLifetime
{
    // Such a registry converts what a client does not say that it accepts, instead of refusing it.
    private static readonly DockerRegistryOptions Converting = new() { Schema1 = true };

    public RegistryPair Pair { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        // The fixture of a class is made even where all of its tests are skipped.
        if (RealBinaries.SkipReason is null) Pair = await RegistryPair.StartAsync(Converting, Converting);
    }

    public async Task DisposeAsync()
    {
        if (Pair is not null) await Pair.DisposeAsync();
    }
}
