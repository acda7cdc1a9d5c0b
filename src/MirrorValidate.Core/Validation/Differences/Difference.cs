namespace MirrorValidate.Validation.Differences;

/// <summary>
/// A difference while it is found and explained; <see cref="DifferenceTable"/> has what its kind means.
/// </summary>
/// <param name="Kind">What kind it is.</param>
/// <param name="Platform">The platform that it concerns; empty for none.</param>
/// <param name="Source">What the source has; empty for nothing.</param>
/// <param name="Destination">What the destination has; empty for nothing.</param>
internal sealed record Difference(DifferenceKind Kind, string Platform, string Source, string Destination)
{
    /// <summary>The cause, where more is known of it than its kind says.</summary>
    internal string Detail { get; init; } = "";

    /// <summary>What to do, where the kind alone does not say it.</summary>
    internal string Remedy { get; init; } = "";

    /// <summary>The two manifests that differ, where their contents may say why.</summary>
    internal ManifestPair? Pair { get; init; }

    /// <summary>The difference as it is told.</summary>
    /// <param name="show">Makes what a registry says fit to be shown.</param>
    /// <param name="redact">Takes secrets out of a sentence.</param>
    internal MirrorDifference ToResult(Func<string, string> show, Func<string, string> redact)
    {
        DifferenceInfo info = DifferenceTable.Of(Kind);
        return new MirrorDifference(
            Kind.ToString(),
            show(Platform),
            show(Source),
            show(Destination),
            redact(Detail.Length > 0 ? Detail : info.Cause),
            Remedy.Length > 0 ? Remedy : info.Remedy);
    }
}
