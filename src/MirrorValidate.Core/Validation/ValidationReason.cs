namespace MirrorValidate.Validation;

/// <summary>Why an entry has its <see cref="ValidationStatus"/>. Names are stable.</summary>
public enum ValidationReason
{
    /// <summary>Passed: nothing differs.</summary>
    None,

    /// <summary>Failed: the destination registry answered 404 for the tag.</summary>
    DestinationNotFound,

    /// <summary>Failed: the destination is not a manifest list or index.</summary>
    DestinationNotAList,

    /// <summary>Failed: the destination's list has no entries.</summary>
    DestinationListEmpty,

    /// <summary>Failed: the source is one image, the destination's list has several.</summary>
    DestinationListLength,

    /// <summary>Failed: the source is one image, and its platform differs from the destination's.</summary>
    PlatformMismatch,

    /// <summary>Failed: the digests differ.</summary>
    DigestMismatch,

    /// <summary>Failed: the lists differ.</summary>
    SpecMismatch,

    /// <summary>Failed: an entry of the destination's list is not in the registry.</summary>
    DestinationManifestMissing,

    /// <summary>
    /// Failed: an entry of the destination's list states another size or media type than its manifest has, and the
    /// source's list does not have the same entry.
    /// </summary>
    DescriptorMismatch,

    /// <summary>Failed: a blob that a compared manifest needs is not at the destination.</summary>
    BlobMissing,

    /// <summary>Failed: a blob at the destination has another size than the manifest says.</summary>
    BlobSizeMismatch,

    /// <summary>Failed: a blob at the destination has the right size and other bytes.</summary>
    BlobDigestMismatch,

    /// <summary>
    /// Failed: the destination's tag points to another digest than the one that the entry is pinned to.
    /// </summary>
    TagDrift,

    /// <summary>Failed: a signature of what was compared is not at the destination.</summary>
    SignatureMissing,

    /// <summary>Failed: an attestation of a compared image is not at the destination.</summary>
    AttestationMissing,

    /// <summary>Failed: an SBOM of what was compared is not at the destination.</summary>
    SbomMissing,

    /// <summary>Failed: another referrer of what was compared is not at the destination.</summary>
    ReferrerMissing,

    /// <summary>Error: the source has no image for the selected platforms.</summary>
    NoMatchingPlatform,

    /// <summary>Error: the source registry answered 404.</summary>
    SourceNotFound,

    /// <summary>Error: the source is not an image, or the registry sends it in a form that was not accepted.</summary>
    SourceUnsupported,

    /// <summary>Error: 404 from an address where no registry answers.</summary>
    NotARegistry,

    /// <summary>Error: 401, or a credential or realm that could not be used.</summary>
    Unauthorized,

    /// <summary>Error: 403.</summary>
    Forbidden,

    /// <summary>Error: 429 to the last attempt, or with a longer wait than the time left.</summary>
    RateLimited,

    /// <summary>Error: 5xx, or no connection.</summary>
    RegistryUnavailable,

    /// <summary>Error: the TLS handshake failed or the certificate was not accepted.</summary>
    TlsFailure,

    /// <summary>Error: no answer in time.</summary>
    TimedOut,

    /// <summary>Error: an answer is larger than the limits.</summary>
    ResponseTooLarge,

    /// <summary>Error: content does not hash to its digest.</summary>
    DigestVerificationFailed,

    /// <summary>Error: content is not a manifest, or contradicts itself.</summary>
    MalformedManifest,

    /// <summary>
    /// Error: a store has several images with this name, or does not say whether one of its images has it.
    /// </summary>
    AmbiguousReference,

    /// <summary>Error: an answer that the distribution-spec does not define.</summary>
    UnexpectedResponse,

    /// <summary>Error: the line of the list cannot be read.</summary>
    InvalidLine,

    /// <summary>Error: a bug in this module.</summary>
    InternalError,
}
