using MirrorValidate.Embedded;
using MirrorValidate.Embedded.Images;
using MirrorValidate.ImageLists;
using MirrorValidate.Logging;
using MirrorValidate.Platforms;
using MirrorValidate.References;
using MirrorValidate.Registries;
using MirrorValidate.Stores;
using MirrorValidate.Tests.Stores;
using MirrorValidate.Validation;

namespace MirrorValidate.Core.Tests.Stores;

/// <summary>A folder for stores, and a registry for the other side.</summary>
internal sealed class StoreBed : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mirror-validate-stores-");
    private readonly RegistrySession _session = new(new RegistryOptions { MaximumRetryCount = 0 });

    private StoreBed(EmbeddedRegistry registry) => Registry = registry;

    internal EmbeddedRegistry Registry { get; }

    internal string[] SourceStores { get; set; } = [];

    internal string[] DestinationStores { get; set; } = [];

    internal Func<ValidationOptions, ValidationOptions> With { get; set; } = options => options;

    internal StoreLimits Limits { get; set; } = new();

    internal string this[string name] => Path.Combine(_folder.FullName, name);

    /// <summary>Starts the registry with an image as <c>library/app:v1</c>.</summary>
    internal static async Task<StoreBed> StartAsync(BuiltManifest? image = null)
    {
        var bed = new StoreBed(await EmbeddedRegistry.StartAsync());
        image?.PutInto(bed.Registry.Store, "library/app", "v1");
        return bed;
    }

    internal string Write(string name, byte[] content)
    {
        File.WriteAllBytes(this[name], content);
        return this[name];
    }

    internal string Write(string name, StoreFiles files)
    {
        if (Directory.Exists(this[name])) Directory.Delete(this[name], recursive: true);
        files.WriteFolder(this[name]);
        return this[name];
    }

    /// <summary>Validates lines. The registry is written <c>REG</c> in them.</summary>
    /// <exception cref="StoreException">A store cannot be opened.</exception>
    internal async Task<MirrorImageResult[]> ValidateAsync(params string[] lines)
    {
        using var catalog = new StoreCatalog(_folder.FullName, Limits);
        var validator = new MirrorValidator(
            await ReaderAsync(RegistrySide.Source, SourceStores, catalog),
            await ReaderAsync(RegistrySide.Destination, DestinationStores, catalog),
            With(new ValidationOptions
            {
                Mirror = new MirrorSettings { HasDestinationStore = DestinationStores.Length > 0 },
                Platforms = PlatformSelection.All,
            }),
            NullLogSink.Instance);
        var results = new List<MirrorImageResult>();
        foreach ((string line, int index) in lines.Select((line, index) => (line, index)))
        {
            string text = line.Replace("REG", Registry.Host, StringComparison.Ordinal);
            results.Add(await validator.ValidateAsync(
                ImageListEntry.Read(index + 1, new ImageListLine(text, index + 1, Path: null)), default));
        }

        return [.. results];
    }

    internal async Task<MirrorImageResult> ValidateOneAsync(string line) => (await ValidateAsync(line))[0];

    /// <summary>The tags of a repository in the stores of the sources.</summary>
    internal async Task<string> TagsOfAsync(string repository)
    {
        using var catalog = new StoreCatalog(_folder.FullName, Limits);
        IImageReader reader = await ReaderAsync(RegistrySide.Source, SourceStores, catalog);
        var context = new RequestContext(NullLogSink.Instance);
        var tags = new List<string>();
        await foreach (IReadOnlyList<string> page in reader.ListTagsAsync(ImageReference.Parse(repository), context, default))
            tags.AddRange(page);
        return string.Join(' ', tags);
    }

    /// <summary>Reads from the stores of a side, or from the registry.</summary>
    internal async Task<IImageReader> ReaderAsync(RegistrySide side, string[] stores, StoreCatalog catalog)
    {
        RegistryClient client = _session.CreateClient(side);
        var bound = new List<BoundStore>();
        foreach (string store in stores)
        {
            string[] parts = store.Split('=');
            bound.Add(new BoundStore(
                await catalog.OpenAsync(parts[^1], parts[^1], default),
                parts.Length == 1 ? null : ImageName.Parse(parts[0])));
        }

        IImageReader others = bound.Count == 0 ? client : new StoreImageReader(side, bound, client.Limits);
        return new CachingImageReader(new ImagePlaces(side, others, catalog));
    }

    public async ValueTask DisposeAsync()
    {
        _session.Dispose();
        await Registry.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
