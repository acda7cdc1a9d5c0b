namespace MirrorValidate.ImageLists;

/// <summary>How a list file is written.</summary>
public enum ImageListFormat
{
    /// <summary>Told by the file's name and content.</summary>
    Auto,

    /// <summary>
    /// Lines of one to three fields, or <c>SOURCE=DESTINATION</c>, as image-tools, hangar and scripts have them.
    /// </summary>
    List,

    /// <summary>
    /// Comma-separated values with the columns Source, Destination and Tag, or without a header; results of Export-Csv.
    /// </summary>
    Csv,

    /// <summary>The YAML file of <c>skopeo sync --src yaml</c>.</summary>
    SkopeoSync,

    /// <summary>The YAML configuration of regsync.</summary>
    RegSync,

    /// <summary>The images or configuration file of image-syncer, JSON or YAML.</summary>
    ImageSyncer,

    /// <summary>The <c>mapping.txt</c> of oc-mirror: lines <c>source=destination</c>.</summary>
    OcMirror,

    /// <summary>A YAML or JSON array of references.</summary>
    References,

    /// <summary>Hauler's manifests, of which <c>kind: Images</c> has references.</summary>
    Hauler,

    /// <summary>OpenShift's <c>ImageSetConfiguration</c>, of which <c>additionalImages</c> are references.</summary>
    OpenShift,

    /// <summary>A package of Zarf.</summary>
    Zarf,

    /// <summary>The YAML configuration of dregsy.</summary>
    Dregsy,

    /// <summary>The <c>config.yaml</c> of rancher/image-mirror.</summary>
    RancherImageMirror,
}
