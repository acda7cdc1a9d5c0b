namespace MirrorValidate.ImageLists;

/// <summary>How a list file is written.</summary>
public enum ImageListFormat
{
    /// <summary>Told by the file's name and content.</summary>
    Auto,

    /// <summary>Lines <c>SOURCE DESTINATION TAG</c> or single references, as image-tools and hangar read them.</summary>
    List,

    /// <summary>Comma-separated values with the columns Source, Destination and Tag; also results saved with Export-Csv.</summary>
    Csv,

    /// <summary>The YAML file of <c>skopeo sync --src yaml</c>.</summary>
    SkopeoSync,

    /// <summary>The YAML configuration of regsync.</summary>
    RegSync,

    /// <summary>The images or configuration file of image-syncer, JSON or YAML.</summary>
    ImageSyncer,

    /// <summary>The <c>mapping.txt</c> of oc-mirror: lines <c>source=destination</c>.</summary>
    OcMirror,
}
