namespace MirrorValidate.Stores;

/// <summary>Limits on what is read from a store, which may be hostile. Sizes are in bytes.</summary>
internal sealed record StoreLimits
{
    /// <summary>The maximum size of the file that lists the images of a store.</summary>
    /// <value>Default 32 MiB.</value>
    public int IndexSize { get; init; } = 32 * 1024 * 1024;

    /// <summary>The maximum number of images in a store.</summary>
    /// <value>Default 100,000.</value>
    public int Images { get; init; } = 100_000;

    /// <summary>The maximum number of entries in an archive, or of files in a folder that is looked through.</summary>
    /// <value>Default 1,000,000.</value>
    public int Entries { get; init; } = 1_000_000;

    /// <summary>The maximum size of a tar header's extension, which holds long names.</summary>
    /// <value>Default 1 MiB.</value>
    public int HeaderSize { get; init; } = 1024 * 1024;

    /// <summary>
    /// The maximum size of what is kept of a compressed archive: files that may be manifests or configs, in a temporary
    /// file.
    /// </summary>
    /// <value>Default 2 GiB.</value>
    public long SpoolSize { get; init; } = 2L * 1024 * 1024 * 1024;

    /// <summary>
    /// How many times its size a compressed archive may expand, once it has expanded to more than
    /// <see cref="FreeExpansion"/>.
    /// </summary>
    /// <value>Default 200.</value>
    public int Expansion { get; init; } = 200;

    /// <summary>The size up to which a compressed archive may expand in any case.</summary>
    /// <value>Default 1 GiB.</value>
    public long FreeExpansion { get; init; } = 1024 * 1024 * 1024;
}
