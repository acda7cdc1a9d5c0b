using MirrorValidate.References;

namespace MirrorValidate.ImageLists;

/// <summary>What completes the entries of an image list to references.</summary>
internal sealed record MirrorSettings
{
    /// <summary>
    /// The registry that replaces every source's registry; <see langword="null"/> leaves what the entry says, else
    /// docker.io.
    /// </summary>
    public RegistryHost? SourceRegistry { get; init; }

    /// <summary>
    /// The registry that replaces every destination's registry; <see langword="null"/> leaves what the entry says, else
    /// docker.io.
    /// </summary>
    public RegistryHost? DestinationRegistry { get; init; }

    /// <summary>The project that replaces every source's; empty leaves them as they are.</summary>
    public string SourceProject { get; init; } = "";

    /// <summary>The project that replaces every destination's; empty leaves them as they are.</summary>
    public string DestinationProject { get; init; } = "";

    /// <summary>
    /// Whether destinations are looked up in stores. A single reference is looked up by its own name then, unless there
    /// is a <see cref="DestinationRegistry"/>.
    /// </summary>
    public bool HasDestinationStore { get; init; }

    /// <summary>The project put before a destination that has none.</summary>
    /// <value>Default <c>library</c>; empty puts none.</value>
    public string DefaultProject { get; init; } = "library";
}
