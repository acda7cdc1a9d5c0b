namespace MirrorValidate.Embedded;

/// <summary>A stored manifest: bytes and media type exactly as stored, valid or not.</summary>
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

    /// <summary>The digest that it is stored under; for signed schema 1 that of its payload.</summary>
    public string Digest { get; }

    /// <summary>The Content-Type of the answer.</summary>
    public string MediaType { get; }

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    internal string ETag { get; }

    /// <summary>The subject, for the referrers API; null if there is none.</summary>
    internal ManifestSubject? Subject => _subject.Value;
}
