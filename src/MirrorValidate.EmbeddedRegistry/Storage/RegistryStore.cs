using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace MirrorValidate.Embedded;

/// <summary>
/// The content of an embedded registry, in memory and safe for many threads. It checks nothing: lists whose entries do not
/// exist, wrong media types, wrong digests and garbage can be stored on purpose.
/// </summary>
public sealed class RegistryStore
{
    private readonly ConcurrentDictionary<string, RepositoryContent> _repositories = new(StringComparer.Ordinal);

    /// <summary>Names of all repositories that hold anything, in ordinal order.</summary>
    public IReadOnlyList<string> Repositories => [.. _repositories.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Stores a blob.</summary>
    /// <param name="repository">The repository's name, without a host.</param>
    /// <param name="content">The bytes; they are not copied.</param>
    /// <param name="digest">The digest to store it under; null: its sha256. A digest that does not match is taken as given.</param>
    /// <returns>The digest.</returns>
    public string PutBlob(string repository, ReadOnlyMemory<byte> content, string? digest = null)
    {
        digest ??= ContentDigest.Sha256(content.Span);
        Open(repository).Blobs[digest] = new StoredBlob(content);
        return digest;
    }

    /// <summary>Stores a blob that is a block of bytes over and over; however large, it takes the memory of the block.</summary>
    /// <returns>The digest, sha256.</returns>
    public string PutRepeatedBlob(string repository, ReadOnlyMemory<byte> block, int repetitions)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var count = 0; count < repetitions; count++)
        {
            hash.AppendData(block.Span);
        }

        var digest = "sha256:" + Convert.ToHexStringLower(hash.GetHashAndReset());
        Open(repository).Blobs[digest] = new StoredBlob(block, repetitions);
        return digest;
    }

    /// <summary>Stores a manifest, and tags it.</summary>
    /// <param name="repository">The repository's name, without a host.</param>
    /// <param name="tag">The tag; null: by digest only.</param>
    /// <param name="mediaType">The Content-Type it is answered with.</param>
    /// <param name="content">The bytes; they are not copied.</param>
    /// <param name="digest">
    /// The digest to store it under; null: its sha256, or that of the payload for a signed schema 1 manifest.
    /// A digest that does not match is taken as given.
    /// </param>
    /// <returns>The digest.</returns>
    public string PutManifest(string repository, string? tag, string mediaType, ReadOnlyMemory<byte> content, string? digest = null)
    {
        digest ??= ManifestDigest(mediaType, content);
        var target = Open(repository);
        target.Manifests[digest] = new StoredManifest(digest, mediaType, content);
        if (tag is not null)
        {
            target.Tags[tag] = digest;
        }

        return digest;
    }

    /// <summary>Lets <paramref name="tag"/> point to <paramref name="digest"/>, which need not exist.</summary>
    public void Tag(string repository, string tag, string digest) => Open(repository).Tags[tag] = digest;

    /// <summary>
    /// Deletes a manifest. By digest: the manifest and every tag on it. By tag: the tag alone.
    /// </summary>
    /// <returns>False when there was none.</returns>
    public bool DeleteManifest(string repository, string digestOrTag)
    {
        if (!_repositories.TryGetValue(repository, out var content))
        {
            return false;
        }

        if (!digestOrTag.Contains(':', StringComparison.Ordinal))
        {
            return content.Tags.TryRemove(digestOrTag, out _);
        }

        foreach (var tag in content.Tags.Where(tag => tag.Value == digestOrTag))
        {
            content.Tags.TryRemove(tag);
        }

        return content.Manifests.TryRemove(digestOrTag, out _);
    }

    /// <summary>Deletes a blob from one repository.</summary>
    /// <returns>False when there was none.</returns>
    public bool DeleteBlob(string repository, string digest) =>
        _repositories.TryGetValue(repository, out var content) && content.Blobs.TryRemove(digest, out _);

    /// <summary>Deletes a repository with all that it holds.</summary>
    /// <returns>False when there was none.</returns>
    public bool DeleteRepository(string repository) => _repositories.TryRemove(repository, out _);

    /// <summary>Deletes everything.</summary>
    public void Clear() => _repositories.Clear();

    /// <summary>Whether the repository holds, or held, anything.</summary>
    public bool Contains(string repository) => _repositories.ContainsKey(repository);

    /// <summary>Finds a manifest by tag or digest.</summary>
    public bool TryGetManifest(string repository, string digestOrTag, [NotNullWhen(true)] out StoredManifest? manifest)
    {
        manifest = _repositories.TryGetValue(repository, out var content) ? content.Find(digestOrTag) : null;
        return manifest is not null;
    }

    /// <summary>Finds a blob.</summary>
    public bool TryGetBlob(string repository, string digest, [NotNullWhen(true)] out StoredBlob? blob)
    {
        blob = null;
        return _repositories.TryGetValue(repository, out var content) && content.Blobs.TryGetValue(digest, out blob);
    }

    /// <summary>Makes a blob of one repository known in another.</summary>
    /// <returns>False when the first does not have it.</returns>
    public bool MountBlob(string fromRepository, string digest, string repository)
    {
        if (!TryGetBlob(fromRepository, digest, out var blob))
        {
            return false;
        }

        Open(repository).Blobs[digest] = blob;
        return true;
    }

    /// <summary>Tags of a repository in ordinal order; empty when it does not exist.</summary>
    public IReadOnlyList<string> GetTags(string repository) =>
        _repositories.TryGetValue(repository, out var content) ? [.. content.Tags.Keys.Order(StringComparer.Ordinal)] : [];

    /// <summary>All manifests of a repository in the order of their digests; empty when it does not exist.</summary>
    public IReadOnlyList<StoredManifest> GetManifests(string repository) =>
        _repositories.TryGetValue(repository, out var content)
            ? [.. content.Manifests.Values.OrderBy(manifest => manifest.Digest, StringComparer.Ordinal)]
            : [];

    /// <summary>Digests of all blobs of a repository in ordinal order; empty when it does not exist.</summary>
    public IReadOnlyList<string> GetBlobs(string repository) =>
        _repositories.TryGetValue(repository, out var content) ? [.. content.Blobs.Keys.Order(StringComparer.Ordinal)] : [];

    /// <summary>The digest of a manifest: sha256 of the bytes, or of the signed payload for signed schema 1.</summary>
    internal static string ManifestDigest(string mediaType, ReadOnlyMemory<byte> content) =>
        mediaType == RegistryMediaTypes.DockerSchema1Signed && Schema1Signature.TryGetPayload(content, out var payload)
            ? ContentDigest.Sha256(payload)
            : ContentDigest.Sha256(content.Span);

    private RepositoryContent Open(string repository) => _repositories.GetOrAdd(repository, static _ => new RepositoryContent());
}
