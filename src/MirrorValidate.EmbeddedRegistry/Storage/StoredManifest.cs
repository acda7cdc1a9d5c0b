namespace MirrorValidate.Embedded;

/// <summary>A manifest as the registry answers it: bytes and media type exactly as stored, valid or not.</summary>
public sealed class StoredManifest
{
    private readonly Lazy<ManifestSubject?> _subject;

    internal StoredManifest(string digest, string mediaType, ReadOnlyMemory<byte> content)
    {
        Digest = digest;
        MediaType = mediaType;
        Content = content;
        ETag = '"' + digest + '"';
        _subject = new Lazy<ManifestSubject?>(() => ManifestSubject.TryRead(Content));
    }

    /// <summary>The digest under which it is stored; for signed schema 1 that of its payload.</summary>
    public string Digest { get; }

    /// <summary>The Content-Type it is answered with.</summary>
    public string MediaType { get; }

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    internal string ETag { get; }

    /// <summary>What it refers to, for the referrers API; null when it has no <c>subject</c>.</summary>
    internal ManifestSubject? Subject => _subject.Value;
}
