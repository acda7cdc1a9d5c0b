using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace MirrorValidate.Embedded;

/// <summary>
/// The content of an embedded registry, in memory. It checks nothing, so lists with missing entries, wrong media types,
/// wrong digests and garbage can be stored on purpose. Safe for concurrent use.
/// </summary>
public sealed class RegistryStore
{
    private readonly ConcurrentDictionary<string, RepositoryContent> _repositories = new(StringComparer.Ordinal);

    /// <summary>The names of all repositories with content, in ordinal order.</summary>
    public IReadOnlyList<string> Repositories => [.. _repositories.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Stores a blob.</summary>
    /// <param name="repository">The repository's name, without a host.</param>
    /// <param name="content">The bytes; they are not copied.</param>
    /// <param name="digest">
    /// The digest to store it under; null: its sha256. A digest that does not match is accepted.
    /// </param>
    /// <returns>The digest.</returns>
    public string PutBlob(string repository, ReadOnlyMemory<byte> content, string? digest = null)
    {
        digest ??= ContentDigest.Sha256(content.Span);
        Open(repository).Blobs[digest] = new StoredBlob(content);
        return digest;
    }

    /// <summary>Stores a blob that consists of a repeated block. It only takes the memory of one block.</summary>
    /// <returns>The sha256 digest.</returns>
    public string PutRepeatedBlob(string repository, ReadOnlyMemory<byte> block, int repetitions)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var count = 0; count < repetitions; count++)
        {
            hash.AppendData(block.Span);
        }

        var digest = "sha256:" + ContentDigest.Hex(hash.GetHashAndReset());
        Open(repository).Blobs[digest] = new StoredBlob(block, repetitions);
        return digest;
    }

    /// <summary>Stores a manifest and tags it.</summary>
    /// <param name="repository">The repository's name, without a host.</param>
    /// <param name="tag">The tag; null: by digest only.</param>
    /// <param name="mediaType">The Content-Type of the answer.</param>
    /// <param name="content">The bytes; they are not copied.</param>
    /// <param name="digest">
    /// The digest to store it under; null: its sha256, or that of the payload for a signed schema 1 manifest. A digest
    /// that does not match is accepted.
    /// </param>
    /// <returns>The digest.</returns>
    public string PutManifest(
        string repository, string? tag, string mediaType, ReadOnlyMemory<byte> content, string? digest = null)
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

    /// <summary>Points <paramref name="tag"/> to <paramref name="digest"/>, which need not exist.</summary>
    public void Tag(string repository, string tag, string digest) => Open(repository).Tags[tag] = digest;

    /// <summary>Deletes a manifest. By digest: the manifest and all of its tags. By tag: only the tag.</summary>
    /// <returns>False if there was none.</returns>
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
    /// <returns>False if there was none.</returns>
    public bool DeleteBlob(string repository, string digest) =>
        _repositories.TryGetValue(repository, out var content) && content.Blobs.TryRemove(digest, out _);

    /// <summary>Deletes a repository with its content.</summary>
    /// <returns>False if there was none.</returns>
    public bool DeleteRepository(string repository) => _repositories.TryRemove(repository, out _);

    /// <summary>Deletes everything.</summary>
    public void Clear() => _repositories.Clear();

    /// <summary>Whether the repository has or had content.</summary>
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

    /// <summary>Mounts a blob of one repository in another.</summary>
    /// <returns>False if the first does not have it.</returns>
    public bool MountBlob(string fromRepository, string digest, string repository)
    {
        if (!TryGetBlob(fromRepository, digest, out var blob))
        {
            return false;
        }

        Open(repository).Blobs[digest] = blob;
        return true;
    }

    /// <summary>The tags of a repository in ordinal order; empty if it does not exist.</summary>
    public IReadOnlyList<string> GetTags(string repository) =>
        _repositories.TryGetValue(repository, out var content)
            ? [.. content.Tags.Keys.Order(StringComparer.Ordinal)]
            : [];

    /// <summary>The manifests of a repository in the order of their digests; empty if it does not exist.</summary>
    public IReadOnlyList<StoredManifest> GetManifests(string repository) =>
        _repositories.TryGetValue(repository, out var content)
            ? [.. content.Manifests.Values.OrderBy(manifest => manifest.Digest, StringComparer.Ordinal)]
            : [];

    /// <summary>The digests of a repository's blobs in ordinal order; empty if it does not exist.</summary>
    public IReadOnlyList<string> GetBlobs(string repository) =>
        _repositories.TryGetValue(repository, out var content)
            ? [.. content.Blobs.Keys.Order(StringComparer.Ordinal)]
            : [];

    /// <summary>The digest of a manifest: sha256 of the bytes, or of the signed payload for signed schema 1.</summary>
    internal static string ManifestDigest(string mediaType, ReadOnlyMemory<byte> content) =>
        mediaType == RegistryMediaTypes.DockerSchema1Signed && Schema1Signature.TryGetPayload(content, out var payload)
            ? ContentDigest.Sha256(payload)
            : ContentDigest.Sha256(content.Span);

    private RepositoryContent Open(string repository) =>
        _repositories.GetOrAdd(repository, static _ => new RepositoryContent());
}
