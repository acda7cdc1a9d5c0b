using MirrorValidate.ImageLists;

namespace MirrorValidate.Stores.Saving;

/// <summary>How sources are saved.</summary>
internal sealed record SavingOptions
{
    /// <summary>The registries that complete the entries.</summary>
    internal MirrorSettings Mirror { get; init; } = new();

    /// <summary>Whether referrers and cosign's tags are saved, too.</summary>
    internal bool IncludeReferrer { get; init; }

    /// <summary>The time for all requests of one entry.</summary>
    internal TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(600);
}
