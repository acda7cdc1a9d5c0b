using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;
using MirrorValidate.Registries;

namespace MirrorValidate.Core.Tests.Registries;

/// <summary>Two embedded registries with the same image, <c>team/app:1</c>, in both.</summary>
internal sealed class Mirror : IAsyncDisposable
{
    internal const string Repository = "team/app";
    internal const string Manifest = "/v2/team/app/manifests/1";

    private Mirror(EmbeddedRegistry source, EmbeddedRegistry destination, BuiltManifest image)
    {
        Source = source;
        Destination = destination;
        Image = image;
    }

    internal EmbeddedRegistry Source { get; }

    internal EmbeddedRegistry Destination { get; }

    internal BuiltManifest Image { get; }

    internal string Line => LineOf(Repository);

    internal static async Task<Mirror> StartAsync(
        EmbeddedRegistryOptions? source = null, EmbeddedRegistryOptions? destination = null, BuiltManifest? image = null)
    {
        var mirror = new Mirror(
            await EmbeddedRegistry.StartAsync(source), await EmbeddedRegistry.StartAsync(destination), image ?? SampleImages.DockerList("app"));
        mirror.Put(mirror.Image, Repository);
        return mirror;
    }

    /// <summary>Puts an image into both.</summary>
    internal void Put(BuiltManifest image, string repository)
    {
        image.PutInto(Source.Store, repository, "1");
        image.PutInto(Destination.Store, repository, "1");
    }

    internal string LineOf(string repository) => $"{Source.Host}/{repository} {Destination.Host}/{repository} 1";

    internal EmbeddedRegistry Of(RegistrySide side) => side == RegistrySide.Source ? Source : Destination;

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await Destination.DisposeAsync();
    }
}
