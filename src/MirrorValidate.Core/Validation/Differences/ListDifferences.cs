using MirrorValidate.Manifests;
using MirrorValidate.Validation.Comparison;

namespace MirrorValidate.Validation.Differences;

/// <summary>The differences between two lists of entries.</summary>
internal static class ListDifferences
{
    /// <summary>
    /// The differences, in the source's order; then what only the destination has; then what concerns the whole list.
    /// </summary>
    /// <param name="source">The source's entries that take part.</param>
    /// <param name="destination">The destination's entries that take part.</param>
    internal static List<Difference> Of(IReadOnlyList<ListEntry> source, IReadOnlyList<ListEntry> destination)
    {
        var differences = new List<Difference>();
        bool isSame = source.Count == destination.Count;
        var mirrored = new List<ListEntry>();
        foreach ((ListEntry? from, ListEntry? to) in EntryPairing.Match(source, destination))
        {
            isSame &= from is not null && to is not null && from.Identity == to.Identity;
            if (from is not null && to is not null) mirrored.Add(from);
            differences.AddRange(Of(from, to));
        }

        if (differences.Exists(IsMissing))
        {
            string remedy = DifferenceTexts.SelectOrMirror(ListEntry.ArgumentFor(mirrored, source));
            differences = differences.ConvertAll(one => IsMissing(one) ? one with { Remedy = remedy } : one);
        }

        if (isSame && !AreInOrder(source, destination))
            differences.Add(Of(DifferenceKind.Reordered, "", Platforms(source), Platforms(destination)));
        return differences;
    }

    /// <summary>
    /// The differences between the selected entries of two lists, and what only the whole lists show: lists in them,
    /// and a destination that was filtered.
    /// </summary>
    /// <param name="source">The source's entries that take part.</param>
    /// <param name="destination">The destination's entries that take part.</param>
    /// <param name="wholeSource">All entries of the source.</param>
    /// <param name="wholeDestination">All entries of the destination.</param>
    /// <param name="from">The source.</param>
    internal static List<Difference> Of(
        IReadOnlyList<ListEntry> source,
        IReadOnlyList<ListEntry> destination,
        IReadOnlyList<ListEntry> wholeSource,
        IReadOnlyList<ListEntry> wholeDestination,
        ImageSide from)
    {
        List<Difference> differences = NestedLists.Tell(
            Of(source, destination), wholeSource, wholeDestination, from.Manifest.Digest.ToString());
        if (FilteredList.Find(wholeSource, wholeDestination) is { } filtered) differences.Add(filtered);
        return differences;
    }

    /// <summary>What differs between two paired entries, one of which may be absent.</summary>
    internal static IEnumerable<Difference> Of(ListEntry? source, ListEntry? destination)
    {
        if (source is null)
            return [Of(DifferenceKind.ExtraPlatform, destination!.PlatformText, "", destination.Digest)];
        string platform = source.PlatformText;
        if (source.Attests is not null && source.Digest != destination?.Digest)
            return [Of(DifferenceKind.AttestationMissing, platform, source.Digest, destination?.Digest ?? "")];
        return destination is null
            ? [Of(DifferenceKind.MissingPlatform, platform, source.Digest, "")]
            : OfPair(platform, source, destination);
    }

    /// <summary>The platforms of a list in its order, for people.</summary>
    internal static string Platforms(IEnumerable<ListEntry> entries) => string.Join(", ", entries.Select(PlatformText));

    /// <summary>The platform of an entry, for people.</summary>
    internal static string PlatformText(ListEntry entry) =>
        ListEntry.TextOf(entry.Platform) is { Length: > 0 } text ? text : "(no platform)";

    private static bool IsMissing(Difference difference) => difference.Kind == DifferenceKind.MissingPlatform;

    private static bool AreInOrder(IReadOnlyList<ListEntry> source, IReadOnlyList<ListEntry> destination) =>
        source.Select(entry => entry.Identity).SequenceEqual(destination.Select(entry => entry.Identity));

    private static IEnumerable<Difference> OfPair(string platform, ListEntry source, ListEntry destination)
    {
        if (source.Digest != destination.Digest)
        {
            yield return Of(DifferenceKind.DigestDiffers, platform, source.Digest, destination.Digest) with
            {
                Detail = source.IsList && destination.IsList ? DifferenceTexts.NestedDiffers : "",
                Pair = new ManifestPair(source.Digest, destination.Digest),
            };
        }

        (Platform from, Platform to) = (source.Platform, destination.Platform);
        if ((from.OS, from.Architecture) != (to.OS, to.Architecture))
        {
            yield return Of(DifferenceKind.PlatformDiffers, platform, ListEntry.TextOf(from), ListEntry.TextOf(to));
            yield break;
        }

        if (from.Variant != to.Variant)
            yield return Of(DifferenceKind.VariantDiffers, platform, from.Variant, to.Variant);
        if (from.OSVersion != to.OSVersion)
            yield return Of(DifferenceKind.OSVersionDiffers, platform, from.OSVersion, to.OSVersion);
        if (source.Features != destination.Features)
            yield return Of(DifferenceKind.OSFeaturesDiffer, platform, source.Features, destination.Features);
    }

    private static Difference Of(DifferenceKind kind, string platform, string source, string destination) =>
        new(kind, platform, source, destination);
}
