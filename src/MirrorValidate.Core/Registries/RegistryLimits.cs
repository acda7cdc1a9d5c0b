namespace MirrorValidate.Registries;

/// <summary>How much is taken from a registry that may not be friendly. Sizes in bytes.</summary>
public sealed record RegistryLimits
{
    /// <summary>The largest manifest.</summary>
    /// <value>Default 8 MiB; the distribution-spec wants at least 4 MiB.</value>
    public int ManifestSize { get; init; } = 8 * 1024 * 1024;

    /// <summary>The largest image config.</summary>
    /// <value>Default 8 MiB.</value>
    public int ConfigSize { get; init; } = 8 * 1024 * 1024;

    /// <summary>The largest answer of a token server.</summary>
    /// <value>Default 1 MiB.</value>
    public int TokenSize { get; init; } = 1024 * 1024;

    /// <summary>How much of an error body is read.</summary>
    /// <value>Default 64 KiB; 512 bytes of it are shown.</value>
    public int ErrorSize { get; init; } = 64 * 1024;

    /// <summary>How deep indexes may lie in indexes.</summary>
    /// <value>Default 8.</value>
    public int IndexNesting { get; init; } = 8;

    /// <summary>The most config and layer descriptors that the manifests of one image may have together.</summary>
    /// <value>Default 200,000.</value>
    public int Blobs { get; init; } = 200_000;

    /// <summary>The most pages of a list of referrers.</summary>
    /// <value>Default 1000.</value>
    public int ReferrerPages { get; init; } = 1000;

    /// <summary>
    /// The most entries under a referrers tag whose manifests are read, to learn whether they are referrers.
    /// </summary>
    /// <value>Default 1000.</value>
    public int UnclearReferrers { get; init; } = 1000;

    /// <summary>The most redirects that a request follows.</summary>
    /// <value>Default 5.</value>
    public int Redirects { get; init; } = 5;
}
