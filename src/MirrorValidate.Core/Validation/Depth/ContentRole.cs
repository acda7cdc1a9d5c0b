namespace MirrorValidate.Validation.Depth;

/// <summary>What a descriptor describes.</summary>
internal enum ContentRole
{
    /// <summary>A manifest or index.</summary>
    Manifest,

    /// <summary>The config of a manifest.</summary>
    Config,

    /// <summary>A layer.</summary>
    Layer,
}
