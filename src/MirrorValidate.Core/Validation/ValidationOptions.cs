using MirrorValidate.ImageLists;

namespace MirrorValidate.Validation;

/// <summary>How entries are validated.</summary>
public sealed record ValidationOptions
{
    /// <summary>What completes the entries to references.</summary>
    public MirrorSettings Mirror { get; init; } = new();

    /// <summary>Which entries of a list take part.</summary>
    /// <value>Default <c>amd64</c> and <c>arm64</c>.</value>
    public ArchitectureSelection Architectures { get; init; } = ArchitectureSelection.Of(["amd64", "arm64"]);

    /// <summary>What must be equal.</summary>
    public ComparisonMode Comparison { get; init; }

    /// <summary>Whether what differs is looked into, with requests of its own for what failed.</summary>
    public bool Explain { get; init; }
    /// <summary>How deep the destination is looked into.</summary>
    /// <value>Default <see cref="ValidationDepth.Manifest"/>.</value>
    public ValidationDepth Depth { get; init; } = ValidationDepth.Manifest;

    /// <summary>
    /// Whether the attestations that an index holds of the compared images must be at the destination.
    /// </summary>
    public bool IncludeAttestation { get; init; }

    /// <summary>
    /// Whether what refers to what is compared, signatures and bills of materials among it, must be at the destination.
    /// </summary>
    public bool IncludeReferrer { get; init; }

    /// <summary>The time for all requests of one entry.</summary>
    /// <value>Default 600 seconds.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(600);
}
