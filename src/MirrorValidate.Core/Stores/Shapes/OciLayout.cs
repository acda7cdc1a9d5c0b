using System.Text.Json;
using MirrorValidate.Manifests;
using MirrorValidate.References;
using MirrorValidate.Registries;
using MirrorValidate.Stores.Files;

namespace MirrorValidate.Stores.Shapes;

/// <summary>
/// An OCI image layout (OCI image-spec, image-layout.md), at the root of a store or in one of its folders.
/// </summary>
internal sealed class OciLayout : IImageStore
{
    /// <summary>The name of the file that marks a layout.</summary>
    internal const string Marker = "oci-layout";

    /// <summary>The name of the file with the index.</summary>
    internal const string IndexFile = "index.json";

    private const int MaximumMarker = 64 * 1024;

    private readonly IStoreFiles _files;
    private readonly string _root;

    private OciLayout(IStoreFiles files, string root, IReadOnlyList<StoredImage> images, bool isSparse)
    {
        _files = files;
        _root = root;
        Images = images;
        IsSparse = isSparse;
        Sparseness = isSparse
            ? "the store is sparse: it was saved without layers"
            : "the store is sparse, or has lost it";
    }

    /// <inheritdoc/>
    public string Path => _files.Path;

    /// <inheritdoc/>
    public string Transport => _files is FolderFiles ? "oci" : "oci-archive";

    /// <inheritdoc/>
    public IReadOnlyList<StoredImage> Images { get; }

    /// <inheritdoc/>
    public string Sparseness { get; }

    /// <summary>Whether the layout was saved without layers, and says so.</summary>
    internal bool IsSparse { get; }

    /// <summary>Opens a layout.</summary>
    /// <param name="files">The files of the store. They are disposed with the layout.</param>
    /// <param name="marker">The name of its <c>oci-layout</c> file.</param>
    /// <param name="limits">The limits.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="StoreException">The layout is damaged, over a limit or of an unknown version.</exception>
    internal static async Task<OciLayout> OpenAsync(
        IStoreFiles files, string marker, StoreLimits limits, CancellationToken cancellationToken)
    {
        string root = marker[..^Marker.Length];
        StoreFile file = files.Find(marker) ?? throw Missing(files, marker);
        byte[] text = await file.ReadAsync(MaximumMarker, cancellationToken).ConfigureAwait(false);
        CheckVersion(file, text);
        StoreFile index = files.Find(root + IndexFile) ?? throw Missing(files, root + IndexFile);
        byte[] content = await index.ReadAsync(limits.IndexSize, cancellationToken).ConfigureAwait(false);
        try
        {
            (IReadOnlyList<StoredImage> images, bool isSparse) = LayoutIndex.Read(content, limits.Images);
            return new OciLayout(files, root, images, isSparse);
        }
        catch (ManifestFormatException e)
        {
            throw index.Damaged(Printable.Of(e.Message));
        }
        catch (ManifestLimitException e)
        {
            throw new StoreException(RegistryFault.ResponseTooLarge, $"{files.Path}: {index.Name}: {e.Message}");
        }
    }

    /// <inheritdoc/>
    public IEnumerable<StoreFile> FindManifest(Digest digest) => FindBlob(digest);

    /// <inheritdoc/>
    public IEnumerable<StoreFile> FindBlob(Digest digest) => _files.Find(FileOf(digest)) is { } file ? [file] : [];

    /// <inheritdoc/>
    public string FileOf(Digest digest) => $"{_root}blobs/{digest.Algorithm}/{digest.Encoded}";

    /// <summary>The blobs of the layout.</summary>
    /// <exception cref="StoreException">They could not be listed.</exception>
    internal IEnumerable<StoreFile> ListBlobs() => _files.List(depth: _root.AsSpan().Count('/') + 2)
        .Where(name => name.StartsWith($"{_root}blobs/", StringComparison.Ordinal))
        .Select(_files.Find)
        .OfType<StoreFile>();

    /// <summary>The exception for a layout that lacks a file of its own.</summary>
    internal static StoreException Missing(IStoreFiles files, string name) =>
        new(RegistryFault.MalformedManifest, $"{files.Path}: {name} is missing: this image layout is not complete");

    /// <inheritdoc/>
    public void Dispose() => _files.Dispose();

    private static void CheckVersion(StoreFile file, byte[] text)
    {
        try
        {
            using JsonDocument document = JsonMembers.Parse(text, "file");
            string version = JsonMembers.Word(
                JsonMembers.Find(document.RootElement, "file", "imageLayoutVersion")[0], "imageLayoutVersion");
            if (version != "1.0.0")
                throw file.Damaged($"its imageLayoutVersion is \"{Printable.Of(version)}\", only 1.0.0 is known");
        }
        catch (ManifestFormatException e)
        {
            throw file.Damaged(Printable.Of(e.Message));
        }
    }
}
