namespace MirrorValidate.Validation;

/// <summary>How deep the destination is checked. Each depth includes those before it.</summary>
public enum ValidationDepth
{
    /// <summary>
    /// The manifests of source and destination are compared. A manifest in the destination's list is requested only if
    /// its entry states another size or media type than the source's.
    /// </summary>
    List,

    /// <summary>Every compared manifest exists at the destination.</summary>
    Manifest,

    /// <summary>
    /// Every compared manifest is read and verified. Its config and layers have the sizes that it states, and the
    /// registry sends the first byte of each; the rest of their bytes is not checked.
    /// </summary>
    Blob,

    /// <summary>Every config and layer is downloaded and hashes to its digest. Nothing is kept.</summary>
    Content,
}
