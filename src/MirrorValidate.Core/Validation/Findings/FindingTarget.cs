namespace MirrorValidate.Validation.Findings;

/// <summary>What a finding is about. Findings about the same kind of thing share a sentence of the message.</summary>
internal enum FindingTarget
{
    /// <summary>The image as a whole; its clause is a sentence of its own.</summary>
    Image,

    /// <summary>A manifest of the destination's list.</summary>
    Manifest,

    /// <summary>A config or layer at the destination.</summary>
    Blob,

    /// <summary>Something that belongs to the image: an attestation, a signature, another referrer.</summary>
    Referrer,
}
