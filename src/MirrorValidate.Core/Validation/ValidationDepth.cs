namespace MirrorValidate.Validation;

/// <summary>How deep the destination is checked. Each depth includes those before it.</summary>
public enum ValidationDepth
{
    /// <summary>
    /// The manifests of source and destination are compared. Of what the destination lists, a manifest is requested only
    /// where its entry states another size or media type than the source's.
    /// </summary>
    List,

    /// <summary>Every compared manifest exists at the destination.</summary>
    Manifest,

    /// <summary>
    /// Every compared manifest is read and verified. Its config and layers have the sizes that it states, and the
    /// registry gives the first byte of each; what else is in them is not known.
    /// </summary>
    Blob,

    /// <summary>Every config and layer is downloaded and hashes to its digest. Nothing is kept.</summary>
    Content,
}
