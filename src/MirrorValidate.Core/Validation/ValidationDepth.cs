namespace MirrorValidate.Validation;

/// <summary>How deep the destination is looked into; each depth proves what those before it do, and more.</summary>
public enum ValidationDepth
{
    /// <summary>Source and destination are compared, and nothing of what the destination lists is asked for.</summary>
    List,

    /// <summary>Every compared manifest is at the destination.</summary>
    Manifest,

    /// <summary>
    /// Every compared manifest is read and verified, and its config and layers are there, of the sizes that it states.
    /// </summary>
    Blob,

    /// <summary>Every config and layer is downloaded and hashes to its digest. Nothing is kept.</summary>
    Content,
}
