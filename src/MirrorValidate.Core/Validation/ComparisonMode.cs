namespace MirrorValidate.Validation;

/// <summary>What must be equal on both sides for an entry to pass.</summary>
public enum ComparisonMode
{
    /// <summary>
    /// The entries of the selected platforms; the destination must be a manifest list or index, as image-tools
    /// makes it.
    /// </summary>
    ManifestList,

    /// <summary>As <see cref="ManifestList"/>, but a destination that is one image counts as a list of one.</summary>
    Platform,

    /// <summary>The digests of the two tags.</summary>
    Digest,
}
