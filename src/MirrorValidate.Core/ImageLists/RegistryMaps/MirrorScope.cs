namespace MirrorValidate.ImageLists.RegistryMaps;

/// <summary>Which references a mirror is asked for.</summary>
internal enum MirrorScope
{
    /// <summary>All.</summary>
    All,

    /// <summary>Those with a digest.</summary>
    Digest,

    /// <summary>Those without a digest.</summary>
    Tag,
}
