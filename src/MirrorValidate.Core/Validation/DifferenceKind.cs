namespace MirrorValidate.Validation;

/// <summary>What kind of difference a <see cref="MirrorDifference"/> is. Names are stable.</summary>
public enum DifferenceKind
{
    /// <summary>The destination has nothing under the tag or digest.</summary>
    ImageMissing,

    /// <summary>The destination is not a manifest list or index.</summary>
    NotAList,

    /// <summary>One side is a list, the other a single image or artifact.</summary>
    MediaTypeDiffers,

    /// <summary>A platform of the source is not in the destination's list.</summary>
    MissingPlatform,

    /// <summary>A platform of the destination is not in the source's list.</summary>
    ExtraPlatform,

    /// <summary>
    /// An entry is a list itself on one side only: a list was put into another, or taken out of it.
    /// </summary>
    NestedIndex,

    /// <summary>The same image is entered under another operating system or architecture.</summary>
    PlatformDiffers,

    /// <summary>The same image is entered under another variant of the CPU.</summary>
    VariantDiffers,

    /// <summary>The same platform has another <c>os.version</c>.</summary>
    OSVersionDiffers,

    /// <summary>The same platform has other <c>os.features</c>. Fails nothing.</summary>
    OSFeaturesDiffer,

    /// <summary>The digests differ for an unknown cause.</summary>
    DigestDiffers,

    /// <summary>
    /// The entries are the same in another order. Fails nothing, except under <see cref="ComparisonMode.Digest"/>.
    /// </summary>
    Reordered,

    /// <summary>The destination's list is the source's without some platforms. Fails nothing by itself.</summary>
    FilteredIndex,

    /// <summary>A manifest that the destination lists is not in its registry.</summary>
    ManifestMissing,

    /// <summary>
    /// An entry of the destination's list states another size or media type than its manifest has, and the source's
    /// list does not have the same entry.
    /// </summary>
    DescriptorMismatch,

    /// <summary>
    /// An entry of the source's list states another size or media type than its manifest has. Fails nothing.
    /// </summary>
    SourceDescriptorMismatch,

    /// <summary>A config or layer that a manifest needs is not at the destination.</summary>
    BlobMissing,

    /// <summary>A config or layer at the destination has another size than its manifest says.</summary>
    BlobSizeMismatch,

    /// <summary>A config or layer at the destination does not hash to its digest.</summary>
    BlobDigestMismatch,

    /// <summary>The same content in Docker's format on one side and OCI's on the other.</summary>
    MediaTypeConverted,

    /// <summary>The same file systems, compressed in another way.</summary>
    Recompressed,

    /// <summary>The destination has an older state of the source's tag.</summary>
    StaleTag,

    /// <summary>
    /// The two sides have different file systems, and the destination's is not known to be an older state.
    /// </summary>
    Rebuilt,

    /// <summary>The same layers with another configuration.</summary>
    ConfigDiffers,

    /// <summary>The same configuration and layers under a manifest that was written anew.</summary>
    ManifestRewritten,

    /// <summary>An attestation of the source's image is not at the destination.</summary>
    AttestationMissing,

    /// <summary>A signature of the source's image is not at the destination.</summary>
    SignatureMissing,

    /// <summary>An SBOM of the source's image is not at the destination.</summary>
    SbomMissing,

    /// <summary>Another referrer of the source's image is not at the destination.</summary>
    ReferrerMissing,

    /// <summary>A tag does not point to the digest that it is pinned to.</summary>
    TagDrift,
}
