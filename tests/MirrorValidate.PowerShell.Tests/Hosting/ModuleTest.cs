using MirrorValidate.Embedded.Images;

namespace MirrorValidate.PowerShell.Tests.Hosting;

/// <summary>A test with a runspace and a pair of registries of its own.</summary>
public abstract class ModuleTest : IAsyncLifetime
{
    private RegistryPair? _registries;

    protected ModuleRunspace Shell { get; } = new();

    protected RegistryPair Registries => _registries!;

    /// <summary>The parameters that send list lines without hosts to the pair.</summary>
    protected string Override => $"-s {Registries.Source.Host} -d {Registries.Destination.Host}";

    public async Task InitializeAsync() => _registries = await RegistryPair.StartAsync();

    public async Task DisposeAsync()
    {
        Shell.Dispose();
        await Registries.DisposeAsync();
    }

    /// <summary>The line of an image that is right.</summary>
    protected string Right(string name = "right") => Registries.Add(name, SampleImages.DockerList(name));

    /// <summary>The line of an image that is not at the destination.</summary>
    protected string Missing(string name = "missing") => Registries.Add(name, SampleImages.DockerList(name), destination: null);

    /// <summary>The line of an image that is not at the source.</summary>
    protected string Unknown(string name = "unknown") => Registries.Add(name, source: null, SampleImages.DockerList(name));

    /// <summary>The line of an image whose mirror is another.</summary>
    protected string Stale(string name = "stale") => Registries.Add(name, SampleImages.DockerList(name), SampleImages.DockerList(name + " before"));
}
