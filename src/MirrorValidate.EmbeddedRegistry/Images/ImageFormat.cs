namespace MirrorValidate.Embedded.Images;

/// <summary>The family of media types that an image is written in.</summary>
public enum ImageFormat
{
    /// <summary>Docker manifest, schema 2, and Docker manifest list.</summary>
    Docker,

    /// <summary>OCI image manifest and OCI image index.</summary>
    Oci,
}
