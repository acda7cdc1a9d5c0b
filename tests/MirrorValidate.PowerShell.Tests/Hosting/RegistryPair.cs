using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;

namespace MirrorValidate.PowerShell.Tests.Hosting;

/// <summary>A source and a destination registry in this process.</summary>
public sealed class RegistryPair : IAsyncDisposable
{
    private RegistryPair(EmbeddedRegistry source, EmbeddedRegistry destination)
    {
        Source = source;
        Destination = destination;
    }

    public EmbeddedRegistry Source { get; }

    public EmbeddedRegistry Destination { get; }

    public static async Task<RegistryPair> StartAsync(EmbeddedRegistryOptions? source = null, EmbeddedRegistryOptions? destination = null) =>
        new(await EmbeddedRegistry.StartAsync(source), await EmbeddedRegistry.StartAsync(destination));

    /// <summary>Puts an image at the source and its mirror at the destination.</summary>
    /// <returns>The list line.</returns>
    public string Add(string name, BuiltManifest? source, BuiltManifest? destination, string tag = "v1")
    {
        source?.PutInto(Source.Store, $"library/{name}", tag);
        destination?.PutInto(Destination.Store, $"mirror/{name}", tag);
        return $"{Source.Host}/library/{name} {Destination.Host}/mirror/{name} {tag}";
    }

    /// <summary>Puts the same image at both sides.</summary>
    public string Add(string name, BuiltManifest image, string tag = "v1") => Add(name, image, image, tag);

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await Destination.DisposeAsync();
    }
}
