using MirrorValidate.Embedded.Images;
using MirrorValidate.RealRegistry.Tests.Fixtures;

namespace MirrorValidate.RealRegistry.Tests.Mirroring;

/// <summary>Two real registries and the real client that mirrors from one to the other.</summary>
public sealed class RegistryPair : IAsyncDisposable
{
    private readonly RegistryPusher _pusher;

    private RegistryPair(DockerRegistryProcess source, DockerRegistryProcess destination)
    {
        Source = source;
        Destination = destination;
        _pusher = source.CreatePusher();
    }

    public DockerRegistryProcess Source { get; }

    public DockerRegistryProcess Destination { get; }

    public static async Task<RegistryPair> StartAsync(DockerRegistryOptions? source = null, DockerRegistryOptions? destination = null)
    {
        DockerRegistryProcess first = await DockerRegistryProcess.StartAsync(source);
        return new RegistryPair(first, await DockerRegistryProcess.StartAsync(destination));
    }

    public Task PushAsync(BuiltManifest manifest, string name, string tag = "v1") =>
        _pusher.PushAsync(manifest, $"library/{name}", tag);

    public Task DeleteAsync(BuiltManifest manifest, string name) => _pusher.DeleteManifestAsync($"library/{name}", manifest.Digest);

    public Task MirrorAsync(string name, SkopeoCopyOptions? options = null) =>
        Skopeo.CopyAsync($"{Source.Host}/library/{name}:v1", $"{Destination.Host}/mirror/{name}:v1", options);

    /// <summary>Pushes an image to the source and mirrors it.</summary>
    /// <returns>The line of the image list.</returns>
    public async Task<string> AddAsync(BuiltManifest manifest, string name, SkopeoCopyOptions? options = null)
    {
        await PushAsync(manifest, name);
        await MirrorAsync(name, options);
        return Line(name);
    }

    /// <summary>Returns the line of the image list for a name.</summary>
    public string Line(string name) => $"{Source.Host}/library/{name} {Destination.Host}/mirror/{name} v1";

    public async ValueTask DisposeAsync()
    {
        _pusher.Dispose();
        await Source.DisposeAsync();
        await Destination.DisposeAsync();
    }
}
