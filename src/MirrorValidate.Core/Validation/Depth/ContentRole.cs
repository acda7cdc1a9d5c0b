namespace MirrorValidate.Validation.Depth;

/// <summary>What a manifest needs a blob for.</summary>
internal enum ContentRole
{
    /// <summary>The config of a manifest.</summary>
    Config,

    /// <summary>A layer.</summary>
    Layer,
}
