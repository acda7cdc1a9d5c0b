using MirrorValidate.Manifests;
using MirrorValidate.References;
using MirrorValidate.Stores.Files;

namespace MirrorValidate.Stores.Shapes;

/// <summary>
/// An archive of hangar 1.8 or 1.9: <c>share/ALGORITHM/HEX</c> has the manifests of the platforms and their blobs, and
/// <c>index.json</c> lists them by image. The list of an image is not in it.
/// </summary>
internal sealed class HangarArchive : IImageStore
{
    private readonly IStoreFiles _files;

    private HangarArchive(IStoreFiles files, IReadOnlyList<StoredImage> images)
    {
        _files = files;
        Images = images;
    }

    /// <inheritdoc/>
    public string Path => _files.Path;

    /// <inheritdoc/>
    public string Transport => "oci-archive";

    /// <inheritdoc/>
    public IReadOnlyList<StoredImage> Images { get; }

    /// <inheritdoc/>
    public string Sparseness => "an archive of hangar has no manifest lists; the rest it has lost";

    /// <summary>Reads the index of the archive.</summary>
    /// <param name="files">The files of the archive. They are disposed with the result.</param>
    /// <param name="index">The content of <c>index.json</c>.</param>
    /// <param name="limits">The limits.</param>
    /// <exception cref="ManifestFormatException">The index is malformed.</exception>
    /// <exception cref="ManifestLimitException">There are too many images.</exception>
    /// <exception cref="StoreException">A file could not be looked for.</exception>
    internal static HangarArchive Open(IStoreFiles files, ReadOnlyMemory<byte> index, StoreLimits limits)
    {
        string caveat = $"{files.Path}: compared platform by platform, since an archive of hangar keeps no manifest "
            + "lists and does not tell a list from a single image";
        List<StoredImage> images = [];
        foreach (HangarImage image in HangarIndex.Read(index, limits.Images))
        {
            Descriptor[] platforms = [.. image.Platforms.Select(entry => entry with
            {
                Size = files.Find(FileNameOf(entry.Digest))?.Length ?? 0,
            })];
            ManifestIndex rebuilt = RebuiltIndex.Of(platforms) with { Caveat = caveat };
            StoreName? name = StoreName.TryParseFull($"{image.Source}:{image.Tag}", out StoreName? full) ? full : null;
            var descriptor = new Descriptor(rebuilt.MediaType, rebuilt.Digest, rebuilt.Content.Length);
            images.Add(new StoredImage(descriptor, name) { Rebuilt = rebuilt, WrittenName = image.Tag });
        }

        return new HangarArchive(files, images);
    }

    /// <inheritdoc/>
    public IEnumerable<StoreFile> FindManifest(Digest digest) => FindBlob(digest);

    /// <inheritdoc/>
    public IEnumerable<StoreFile> FindBlob(Digest digest) => _files.Find(FileOf(digest)) is { } file ? [file] : [];

    /// <inheritdoc/>
    public string FileOf(Digest digest) => FileNameOf(digest);

    /// <inheritdoc/>
    public void Dispose() => _files.Dispose();

    private static string FileNameOf(Digest digest) => $"share/{digest.Algorithm}/{digest.Encoded}";
}
