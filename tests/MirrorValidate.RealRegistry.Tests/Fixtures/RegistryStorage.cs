namespace MirrorValidate.RealRegistry.Tests.Fixtures;

/// <summary>
/// The content of a CNCF Distribution registry in the layout of its filesystem driver. Digests are <c>sha256:HEX</c>.
/// Only existing content can be damaged.
/// </summary>
/// <param name="rootDirectory">The registry's <c>rootdirectory</c>.</param>
public sealed class RegistryStorage(string rootDirectory)
{
    private readonly string _root = Path.Combine(rootDirectory, "docker", "registry", "v2");

    /// <summary>The bytes of a blob or manifest, shared by all repositories.</summary>
    public string BlobPath(string digest)
    {
        var (algorithm, hex) = Split(digest);
        return Path.Combine(_root, "blobs", algorithm, hex[..2], hex, "data");
    }

    /// <summary>The link file of a manifest in a repository.</summary>
    public string ManifestLinkPath(string repository, string digest) =>
        LinkPath(Path.Combine(RepositoryPath(repository), "_manifests", "revisions"), digest);

    /// <summary>The link file of a layer or config in a repository.</summary>
    public string LayerLinkPath(string repository, string digest) =>
        LinkPath(Path.Combine(RepositoryPath(repository), "_layers"), digest);

    /// <summary>Truncates a blob to half of its size, as a full disk or a lost write does.</summary>
    public void TruncateBlob(string digest)
    {
        using var file = File.Open(BlobPath(digest), FileMode.Open, FileAccess.Write);
        file.SetLength(file.Length / 2);
    }

    /// <summary>Removes the bytes of a blob or manifest, but not its links.</summary>
    public void RemoveBlob(string digest) => DeleteFile(BlobPath(digest));

    /// <summary>Changes every byte of a blob, but not its size.</summary>
    public void ReplaceBlobSameSize(string digest)
    {
        var path = BlobPath(digest);
        var bytes = File.ReadAllBytes(path);
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] ^= 0xFF;
        File.WriteAllBytes(path, bytes);
    }

    /// <summary>Removes a manifest from a repository, but neither its bytes nor an index that lists it.</summary>
    public void RemoveManifestLink(string repository, string digest) => DeleteFile(ManifestLinkPath(repository, digest));

    /// <summary>Removes a layer or config from a repository, but not its bytes.</summary>
    public void RemoveLayerLink(string repository, string digest) => DeleteFile(LayerLinkPath(repository, digest));

    private static void DeleteFile(string path)
    {
        // File.Delete ignores a missing file, and then a test would damage nothing.
        if (!File.Exists(path))
            throw new FileNotFoundException("The registry has no such file.", path);
        File.Delete(path);
    }

    private static string LinkPath(string directory, string digest)
    {
        var (algorithm, hex) = Split(digest);
        return Path.Combine(directory, algorithm, hex, "link");
    }

    private string RepositoryPath(string repository) => Path.Combine(_root, "repositories", Path.Combine(repository.Split('/')));

    private static (string Algorithm, string Hex) Split(string digest)
    {
        var separator = digest.IndexOf(':', StringComparison.Ordinal);
        return (digest[..separator], digest[(separator + 1)..]);
    }
}
