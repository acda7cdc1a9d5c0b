using MirrorValidate.ImageLists;
using MirrorValidate.Platforms;

namespace MirrorValidate.Validation;

/// <summary>How entries are validated.</summary>
internal sealed record ValidationOptions
{
    /// <summary>The registries and the project that complete the entries.</summary>
    public MirrorSettings Mirror { get; init; } = new();

    /// <summary>Which platforms take part, for entries that name none themselves.</summary>
    /// <value>Default <c>amd64</c> and <c>arm64</c> of any operating system.</value>
    public PlatformSelection Platforms { get; init; } = PlatformSelection.OfArchitectures(["amd64", "arm64"]);

    /// <summary>What must be equal.</summary>
    /// <value>Default <see cref="ComparisonMode.ManifestList"/>.</value>
    public ComparisonMode Comparison { get; init; }

    /// <summary>Whether the causes of a failure are looked into, which sends further requests.</summary>
    public bool Explain { get; init; }

    /// <summary>How deep the destination is checked.</summary>
    /// <value>Default <see cref="ValidationDepth.Manifest"/>.</value>
    public ValidationDepth Depth { get; init; } = ValidationDepth.Manifest;

    /// <summary>
    /// Whether the attestations that the source's index lists for the compared images must exist at the destination.
    /// </summary>
    public bool IncludeAttestation { get; init; }

    /// <summary>
    /// Whether the referrers of what is compared (signatures, SBOMs, attestations, others) must exist at the
    /// destination.
    /// </summary>
    public bool IncludeReferrer { get; init; }

    /// <summary>The stores that sources are looked up in, as given; empty for registries.</summary>
    public IReadOnlyList<string> SourceStores { get; init; } = [];

    /// <summary>The stores that destinations are looked up in, as given; empty for registries.</summary>
    public IReadOnlyList<string> DestinationStores { get; init; } = [];

    /// <summary>The shard that the entries are of, <c>I/N</c>; empty for a whole list.</summary>
    public string Shard { get; init; } = "";

    /// <summary>The time for all requests of one entry.</summary>
    /// <value>Default 600 seconds.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(600);
}
