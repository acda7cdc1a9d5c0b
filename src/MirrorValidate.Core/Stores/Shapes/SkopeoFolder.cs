using MirrorValidate.Manifests;
using MirrorValidate.References;
using MirrorValidate.Registries;
using MirrorValidate.Stores.Files;

namespace MirrorValidate.Stores.Shapes;

/// <summary>
/// Images as skopeo's <c>dir:</c> transport writes them, each in a folder: <c>manifest.json</c>, the manifests of a
/// list as <c>HEX.manifest.json</c>, and blobs named <c>HEX</c> (containers/image, containers-transports.5). One such
/// folder is a store, and so is a tree of them, as <c>skopeo sync --dest dir</c> makes it.
/// </summary>
internal sealed class SkopeoFolder : IImageStore
{
    /// <summary>The name of the file that has the manifest of the image.</summary>
    internal const string ManifestFile = "manifest.json";

    private const string ChildSuffix = ".manifest.json";

    private readonly IStoreFiles _files;

    // The names of the files by their last part. Images of a tree share layers, of which each has its own copy.
    private readonly ILookup<string, string> _names;
    private readonly Dictionary<Digest, List<string>> _manifests = [];
    private readonly List<StoredImage> _images = [];

    private SkopeoFolder(IStoreFiles files, IEnumerable<string> names)
    {
        _files = files;
        _names = names.ToLookup(name => name[(name.LastIndexOf('/') + 1)..], StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public string Path => _files.Path;

    /// <inheritdoc/>
    public string Transport => "dir";

    /// <inheritdoc/>
    public IReadOnlyList<StoredImage> Images => _images;

    /// <inheritdoc/>
    public string Sparseness => "the store is sparse, or has lost it";

    /// <summary>Reads the manifests of the images.</summary>
    /// <param name="files">The files of the store. They are disposed with the result.</param>
    /// <param name="names">The names of the files.</param>
    /// <param name="contents">Reads manifests.</param>
    /// <param name="limits">The limits.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="StoreException">A manifest is damaged, or there are too many.</exception>
    internal static async Task<SkopeoFolder> OpenAsync(
        IStoreFiles files,
        IReadOnlyCollection<string> names,
        StoreContents contents,
        StoreLimits limits,
        CancellationToken cancellationToken)
    {
        var folder = new SkopeoFolder(files, names);
        string[] manifests = [.. folder._names[ManifestFile].Order(StringComparer.Ordinal)];
        if (manifests.Length > limits.Images)
        {
            throw new StoreException(
                RegistryFault.ResponseTooLarge, $"{files.Path}: it has more than {limits.Images} images");
        }

        foreach (string name in manifests)
        {
            StoreFile file = files.Find(name)
                ?? throw new StoreException(RegistryFault.Unavailable, $"{files.Path}: {name} is gone");
            await folder.AddAsync(file, contents, cancellationToken).ConfigureAwait(false);
        }

        return folder;
    }

    /// <inheritdoc/>
    public IEnumerable<StoreFile> FindManifest(Digest digest) =>
        Found([.. _manifests.GetValueOrDefault(digest, []), .. _names[HexOf(digest) + ChildSuffix]]);

    /// <inheritdoc/>
    public IEnumerable<StoreFile> FindBlob(Digest digest) => Found(_names[HexOf(digest)]);

    /// <inheritdoc/>
    public string FileOf(Digest digest) => HexOf(digest);

    /// <inheritdoc/>
    public void Dispose() => _files.Dispose();

    private static string HexOf(Digest digest) =>
        digest.Algorithm == "sha256" ? digest.Encoded : $"{digest.Algorithm}-{digest.Encoded}";

    private IEnumerable<StoreFile> Found(IEnumerable<string> names) => names.Select(_files.Find).OfType<StoreFile>();

    private async Task AddAsync(StoreFile file, StoreContents contents, CancellationToken cancellationToken)
    {
        Manifest manifest = await contents.ReadUnnamedAsync(file, cancellationToken).ConfigureAwait(false);
        if (!_manifests.TryGetValue(manifest.Digest, out List<string>? same))
            _manifests[manifest.Digest] = same = [];
        same.Add(file.Name);
        string folder = file.Name.Length == ManifestFile.Length ? "" : file.Name[..^(ManifestFile.Length + 1)];
        _images.Add(new StoredImage(
            new Descriptor(manifest.MediaType, manifest.Digest, file.Length), NameOf(folder))
        {
            Caveat = $"{Path}: a dir: store keeps no digest of {file.Name}, so that damage to this file would look "
                + "like another image",
        });
    }

    // HOST[:PORT]/PATH/NAME:TAG where the names are scoped, else NAME:TAG.
    private static StoreName? NameOf(string folder)
    {
        string[] parts = folder.Split('/');
        for (int first = 0; first < parts.Length - 1; first++)
        {
            if (RegistryHost.IsHostComponent(parts[first])
                && StoreName.TryParseFull(string.Join('/', parts[first..]), out StoreName? full))
            {
                return full;
            }
        }

        int colon = parts[^1].LastIndexOf(':');
        return colon > 0 && ImageName.IsTag(parts[^1][(colon + 1)..]) && ImageName.IsPath(parts[^1][..colon])
            ? StoreName.OfComponent(parts[^1][..colon], parts[^1][(colon + 1)..])
            : null;
    }
}
