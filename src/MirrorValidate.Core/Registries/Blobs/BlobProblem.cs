namespace MirrorValidate.Registries.Blobs;

/// <summary>What is wrong with a blob.</summary>
internal enum BlobProblem
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The registry answered 404 to GET.</summary>
    Missing,

    /// <summary>It has another size than its descriptor says.</summary>
    Size,

    /// <summary>It has the right size and does not hash to its digest.</summary>
    Digest,
}
