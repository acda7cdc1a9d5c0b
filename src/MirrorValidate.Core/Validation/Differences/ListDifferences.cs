namespace MirrorValidate.Validation.Differences;

/// <summary>The differences between two lists of entries.</summary>
internal static class ListDifferences
{
    /// <summary>The differences, in the source's order; then what only the destination has; then what concerns the whole list.</summary>
    /// <param name="source">The source's entries that take part.</param>
    /// <param name="destination">The destination's entries that take part.</param>
    internal static List<Difference> Of(IReadOnlyList<ListEntry> source, IReadOnlyList<ListEntry> destination)
    {
        var differences = new List<Difference>();
        bool isSame = source.Count == destination.Count;
        foreach ((ListEntry? from, ListEntry? to) in EntryPairing.Match(source, destination))
        {
            isSame &= from is not null && to is not null && from.Identity == to.Identity;
            differences.AddRange(Of(from, to));
        }

        if (isSame && !source.Select(entry => entry.Identity).SequenceEqual(destination.Select(entry => entry.Identity)))
            differences.Add(new Difference(DifferenceKind.Reordered, "", Platforms(source), Platforms(destination)));
        return differences;
    }

    /// <summary>What differs between an entry and the one that it should be; one of the two may be absent.</summary>
    internal static IEnumerable<Difference> Of(ListEntry? source, ListEntry? destination)
    {
        if (source is null) return [new Difference(DifferenceKind.ExtraPlatform, destination!.PlatformText, "", destination.Digest)];
        if (source.Attests is not null && source.Digest != destination?.Digest)
            return [new Difference(DifferenceKind.AttestationMissing, source.PlatformText, source.Digest, destination?.Digest ?? "")];
        if (destination is null) return [new Difference(DifferenceKind.MissingPlatform, source.PlatformText, source.Digest, "")];
        return OfPair(source, destination);
    }

    /// <summary>The platforms of a list in its order, for people.</summary>
    internal static string Platforms(IEnumerable<ListEntry> entries) => string.Join(", ", entries.Select(PlatformText));

    /// <summary>The platform of an entry, for people.</summary>
    internal static string PlatformText(ListEntry entry) =>
        ListEntry.TextOf(entry.Platform) is { Length: > 0 } text ? text : "(no platform)";

    private static IEnumerable<Difference> OfPair(ListEntry source, ListEntry destination)
    {
        string platform = source.PlatformText;
        if (source.Digest != destination.Digest)
        {
            yield return new Difference(DifferenceKind.DigestDiffers, platform, source.Digest, destination.Digest)
            {
                Pair = new ManifestPair(source.Digest, destination.Digest),
            };
        }

        if ((source.Platform.OS, source.Platform.Architecture) != (destination.Platform.OS, destination.Platform.Architecture))
        {
            yield return new Difference(
                DifferenceKind.PlatformDiffers, platform, ListEntry.TextOf(source.Platform), ListEntry.TextOf(destination.Platform));
            yield break;
        }

        if (source.Platform.Variant != destination.Platform.Variant)
            yield return new Difference(DifferenceKind.VariantDiffers, platform, source.Platform.Variant, destination.Platform.Variant);
        if (source.Platform.OSVersion != destination.Platform.OSVersion)
            yield return new Difference(DifferenceKind.OSVersionDiffers, platform, source.Platform.OSVersion, destination.Platform.OSVersion);
        if (source.Features != destination.Features)
            yield return new Difference(DifferenceKind.OSFeaturesDiffer, platform, source.Features, destination.Features);
    }
}
