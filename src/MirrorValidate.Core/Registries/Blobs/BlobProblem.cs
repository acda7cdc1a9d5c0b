namespace MirrorValidate.Registries.Blobs;

/// <summary>What is wrong with a blob.</summary>
internal enum BlobProblem
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It does not exist; a registry answered 404 to GET.</summary>
    Missing,

    /// <summary>Its size is not that of its descriptor.</summary>
    Size,

    /// <summary>Its size is right, and its content does not hash to its digest.</summary>
    Digest,
}
