namespace MirrorValidate.RealRegistry.Tests.Fixtures;

/// <summary>
/// The content of a CNCF Distribution registry as its filesystem driver lays it out. Digests are <c>sha256:HEX</c>. What is asked
/// to be damaged must exist.
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

    /// <summary>The file that makes a manifest part of a repository.</summary>
    public string ManifestLinkPath(string repository, string digest) =>
        LinkPath(Path.Combine(RepositoryPath(repository), "_manifests", "revisions"), digest);

    /// <summary>The file that makes a layer or config part of a repository.</summary>
    public string LayerLinkPath(string repository, string digest) =>
        LinkPath(Path.Combine(RepositoryPath(repository), "_layers"), digest);

    /// <summary>Cuts a blob to half of its size, as a full disk or a lost write leaves it.</summary>
    public void TruncateBlob(string digest)
    {
        using var file = File.Open(BlobPath(digest), FileMode.Open, FileAccess.Write);
        file.SetLength(file.Length / 2);
    }

    /// <summary>Removes the bytes of a blob or manifest; its links stay.</summary>
    public void RemoveBlob(string digest) => DeleteFile(BlobPath(digest));

    /// <summary>Changes every byte of a blob, and nothing of its size.</summary>
    public void ReplaceBlobSameSize(string digest)
    {
        var path = BlobPath(digest);
        var bytes = File.ReadAllBytes(path);
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] ^= 0xFF;
        File.WriteAllBytes(path, bytes);
    }

    /// <summary>Takes a manifest out of a repository; an index that names it, and the bytes, stay.</summary>
    public void RemoveManifestLink(string repository, string digest) => DeleteFile(ManifestLinkPath(repository, digest));

    /// <summary>Takes a layer or config out of a repository; its bytes stay.</summary>
    public void RemoveLayerLink(string repository, string digest) => DeleteFile(LayerLinkPath(repository, digest));

    private static void DeleteFile(string path)
    {
        // File.Delete is silent about what is not there, and a test would then damage nothing.
        if (!File.Exists(path))
            throw new FileNotFoundException("The registry holds no such file.", path);
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
