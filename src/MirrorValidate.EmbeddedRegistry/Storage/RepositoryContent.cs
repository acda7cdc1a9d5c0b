using System.Collections.Concurrent;

namespace MirrorValidate.Embedded;

/// <summary>
/// The content of a repository. As on a real registry, a blob in one repository is unknown in the others.
/// </summary>
internal sealed class RepositoryContent
{
    public ConcurrentDictionary<string, StoredManifest> Manifests { get; } = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, StoredBlob> Blobs { get; } = new(StringComparer.Ordinal);

    public StoredManifest? Find(string reference)
    {
        var digest = reference.Contains(':', StringComparison.Ordinal) ? reference : Tags.GetValueOrDefault(reference);
        return digest is not null && Manifests.TryGetValue(digest, out var manifest) ? manifest : null;
    }
}
