using MirrorValidate.References;
using MirrorValidate.Stores.Files;

namespace MirrorValidate.Stores.Shapes;

/// <summary>A store of one of the shapes that tools write. Safe for concurrent use.</summary>
internal interface IImageStore : IDisposable
{
    /// <summary>The path of the store as it was given, for messages.</summary>
    string Path { get; }

    /// <summary>The transport that skopeo would write before the path.</summary>
    string Transport { get; }

    /// <summary>The manifests that the index of the store lists, in its order.</summary>
    IReadOnlyList<StoredImage> Images { get; }

    /// <summary>
    /// Why content may be missing although nothing is damaged, a clause; empty if a store of this shape is complete.
    /// </summary>
    string Sparseness { get; }

    /// <summary>Finds a manifest: each of the files that have it.</summary>
    /// <exception cref="StoreException">It could not be looked for.</exception>
    IEnumerable<StoreFile> FindManifest(Digest digest);

    /// <summary>Finds a config or a layer: each of the files that have it.</summary>
    /// <exception cref="StoreException">It could not be looked for.</exception>
    IEnumerable<StoreFile> FindBlob(Digest digest);

    /// <summary>The name of the file that has some content, or would have it.</summary>
    string FileOf(Digest digest);
}
