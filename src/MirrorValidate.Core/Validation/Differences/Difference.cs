namespace MirrorValidate.Validation.Differences;

/// <summary>
/// A difference as it is found and explained. <see cref="DifferenceTable"/> has the meaning of its kind.
/// </summary>
/// <param name="Kind">What kind it is.</param>
/// <param name="Platform">The platform that it concerns; empty for none.</param>
/// <param name="Source">What the source has; empty for nothing.</param>
/// <param name="Destination">What the destination has; empty for nothing.</param>
internal sealed record Difference(DifferenceKind Kind, string Platform, string Source, string Destination)
{
    /// <summary>The cause, if more is known than the kind.</summary>
    internal string Detail { get; init; } = "";

    /// <summary>What to do, if it depends on more than the kind.</summary>
    internal string Remedy { get; init; } = "";

    /// <summary>The two manifests that differ, if their contents may show why.</summary>
    internal ManifestPair? Pair { get; init; }

    /// <summary>The difference as it is told.</summary>
    /// <param name="show">Makes a registry's text fit to be shown.</param>
    /// <param name="redact">Removes secrets from a sentence.</param>
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
