namespace MirrorValidate.Validation.Findings;

/// <summary>What a finding is about. Findings about the same target share a sentence of the message.</summary>
internal enum FindingTarget
{
    /// <summary>The image as a whole. The clause of the finding is a whole sentence.</summary>
    Image,

    /// <summary>A manifest of the destination's list.</summary>
    Manifest,

    /// <summary>What an entry of the destination's list states of its manifest.</summary>
    Entry,

    /// <summary>A config or layer at the destination.</summary>
    Blob,

    /// <summary>A referrer of the image: an attestation, a signature, an SBOM or another artifact.</summary>
    Referrer,
}
