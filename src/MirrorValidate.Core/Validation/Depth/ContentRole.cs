namespace MirrorValidate.Validation.Depth;

/// <summary>What a manifest or a list needs a blob for.</summary>
internal enum ContentRole
{
    /// <summary>The config of a manifest.</summary>
    Config,

    /// <summary>A layer.</summary>
    Layer,

    /// <summary>An entry of a list that is a blob itself, as in a build cache.</summary>
    Entry,
}
