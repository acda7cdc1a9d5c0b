namespace MirrorValidate.Registries;

/// <summary>Limits on what is read from a registry, which may be hostile. Sizes are in bytes.</summary>
internal sealed record RegistryLimits
{
    /// <summary>The maximum size of a manifest.</summary>
    /// <value>Default 8 MiB; the distribution-spec requires at least 4 MiB.</value>
    public int ManifestSize { get; init; } = 8 * 1024 * 1024;

    /// <summary>The maximum size of an image config.</summary>
    /// <value>Default 8 MiB.</value>
    public int ConfigSize { get; init; } = 8 * 1024 * 1024;

    /// <summary>The maximum size of a token server's answer.</summary>
    /// <value>Default 1 MiB.</value>
    public int TokenSize { get; init; } = 1024 * 1024;

    /// <summary>The number of bytes to read from an error body.</summary>
    /// <value>Default 64 KiB; 512 bytes of it are shown.</value>
    public int ErrorSize { get; init; } = 64 * 1024;

    /// <summary>The maximum nesting of indexes.</summary>
    /// <value>Default 8.</value>
    public int IndexNesting { get; init; } = 8;

    /// <summary>The maximum number of config and layer descriptors in all manifests of one image.</summary>
    /// <value>Default 200,000.</value>
    public int Blobs { get; init; } = 200_000;

    /// <summary>The maximum number of pages in a list of referrers.</summary>
    /// <value>Default 1000.</value>
    public int ReferrerPages { get; init; } = 1000;

    /// <summary>The maximum number of pages in a list of tags.</summary>
    /// <value>Default 20,000; some registries have pages of 50.</value>
    public int TagPages { get; init; } = 20_000;

    /// <summary>The maximum number of tags of a repository.</summary>
    /// <value>Default 1,000,000.</value>
    public int Tags { get; init; } = 1_000_000;

    /// <summary>The maximum size of a page of a list of tags. Some registries send all of it at once.</summary>
    /// <value>Default 32 MiB.</value>
    public int TagListSize { get; init; } = 32 * 1024 * 1024;

    /// <summary>
    /// The maximum number of entries under a referrers tag whose manifests are read to learn whether they are
    /// referrers.
    /// </summary>
    /// <value>Default 1000.</value>
    public int UnclearReferrers { get; init; } = 1000;

    /// <summary>The maximum number of redirects to follow for a request.</summary>
    /// <value>Default 5.</value>
    public int Redirects { get; init; } = 5;
}
