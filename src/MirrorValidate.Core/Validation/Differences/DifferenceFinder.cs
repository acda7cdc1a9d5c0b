using MirrorValidate.Manifests;
using MirrorValidate.Validation.Comparison;

namespace MirrorValidate.Validation.Differences;

/// <summary>Finds the differences that the manifests of two sides show. Sends no request.</summary>
/// <param name="options">What is compared.</param>
internal sealed class DifferenceFinder(ValidationOptions options)
{
    /// <summary>Finds the differences between two sides that were compared.</summary>
    /// <param name="source">The source.</param>
    /// <param name="destination">The destination.</param>
    /// <param name="reason">The reason of the comparison's finding; <see cref="ValidationReason.None"/> for
    /// none.</param>
    internal IReadOnlyList<Difference> Find(ImageSide source, ImageSide destination, ValidationReason reason)
    {
        if (reason == ValidationReason.DestinationNotAList) return OfNoList(source, destination);
        // Equal bytes have no differences.
        if (source.Manifest.Digest == destination.Manifest.Digest) return [];
        if (source.IsArtifact || options.Comparison == ComparisonMode.Digest) return OfDigests(source, destination);
        if (source.IsSingle) return OfSingle(source, destination);
        IReadOnlyList<ListEntry> expected = ListEntry.Of(source);
        IReadOnlyList<ListEntry> actual = Completed(destination, source);
        return OfLists(Selected(expected), Selected(actual), expected, actual);
    }

    private static List<Difference> OfLists(
        IReadOnlyList<ListEntry> source,
        IReadOnlyList<ListEntry> destination,
        IReadOnlyList<ListEntry> wholeSource,
        IReadOnlyList<ListEntry> wholeDestination)
    {
        List<Difference> differences = ListDifferences.Of(source, destination);
        if (FilteredList.Find(wholeSource, wholeDestination) is { } filtered) differences.Add(filtered);
        return differences;
    }

    // One image of the source's list may have been copied alone; its digest tells which.
    private List<Difference> OfNoList(ImageSide source, ImageSide destination)
    {
        var notAList = new Difference(
            DifferenceKind.NotAList, "", source.Manifest.MediaType, destination.Manifest.MediaType);
        if (!destination.IsSingle) return [notAList];
        if (source.IsSingle)
        {
            return source.Manifest.Digest == destination.Manifest.Digest
                ? [notAList with { Detail = DifferenceTexts.PlainCopy }]
                : [notAList, .. OfDigests(source, destination).Where(one => one.Kind == DifferenceKind.DigestDiffers)];
        }

        string digest = destination.Manifest.Digest.ToString();
        IReadOnlyList<ListEntry> expected = ListEntry.Of(source);
        ListEntry[] copied = [.. expected.Where(entry => entry.Digest == digest).Take(1)];
        if (copied.Length == 0) return [notAList];
        return
        [
            notAList with { Platform = copied[0].PlatformText, Detail = DifferenceTexts.OnePlatformCopied },
            .. OfLists(Selected(expected), Selected(copied), expected, copied),
        ];
    }

    // A comparison by digest covers all entries, whatever is selected.
    private static List<Difference> OfDigests(ImageSide source, ImageSide destination)
    {
        if (source.Manifest.Digest == destination.Manifest.Digest) return [];
        if (source.Manifest is ManifestIndex && destination.Manifest is ManifestIndex)
            return OfListDigests(source, destination);
        if (source.Manifest is ManifestIndex || destination.Manifest is ManifestIndex)
        {
            (string from, string to) = (source.Manifest.MediaType, destination.Manifest.MediaType);
            return [new Difference(DifferenceKind.MediaTypeDiffers, "", from, to)];
        }

        Difference differs = DigestDiffers(source, destination);
        return
        [
            differs with
            {
                Detail = source.IsArtifact && !destination.IsArtifact ? DifferenceTexts.ArtifactReplaced : "",
                Pair = new ManifestPair(differs.Source, differs.Destination),
            },
        ];
    }

    private static List<Difference> OfListDigests(ImageSide source, ImageSide destination)
    {
        IReadOnlyList<ListEntry> expected = ListEntry.Of(source);
        IReadOnlyList<ListEntry> actual = ListEntry.Of(destination);
        List<Difference> differences = OfLists(expected, actual, expected, actual);
        (string from, string to) = (source.Manifest.MediaType, destination.Manifest.MediaType);
        if (from != to) differences.Add(new Difference(DifferenceKind.MediaTypeConverted, "", from, to));
        // Elsewhere another order fails nothing; here it does.
        return differences.Count > 0
            ? differences.ConvertAll(one =>
                one.Kind == DifferenceKind.Reordered ? one with { Remedy = DifferenceTexts.KeepDigests } : one)
            :
            [
                DigestDiffers(source, destination) with
                {
                    Detail = DifferenceTexts.IndexRewritten,
                    Remedy = DifferenceTexts.KeepDigests,
                },
            ];
    }

    private static Difference DigestDiffers(ImageSide source, ImageSide destination) => new(
        DifferenceKind.DigestDiffers,
        ListEntry.TextOf(source.Platform),
        source.Manifest.Digest.ToString(),
        destination.Manifest.Digest.ToString());

    private static List<Difference> OfSingle(ImageSide source, ImageSide destination)
    {
        ListEntry expected = ListEntry.Of(source)[0];
        IReadOnlyList<ListEntry> actual = Completed(destination, source);
        // The digest of schema 1 changes with every conversion and signature.
        if (source.Manifest is Schema1Manifest && actual.Count > 0)
            expected = expected with { Digest = actual[0].Digest };
        var differences = new List<Difference>();
        foreach ((ListEntry? from, ListEntry? to) in EntryPairing.Match([expected], actual))
            differences.AddRange(ListDifferences.Of(from, to is null ? null : Stated(to, expected)));
        return differences;
    }

    // An entry for a single image may leave out os.version and os.features.
    private static ListEntry Stated(ListEntry entry, ListEntry expected) => entry with
    {
        Platform = entry.Platform with
        {
            OSVersion = entry.Platform.OSVersion.Length > 0 ? entry.Platform.OSVersion : expected.Platform.OSVersion,
            OSFeatures = entry.Platform.OSFeatures.Count > 0 ? entry.Platform.OSFeatures : expected.Platform.OSFeatures,
        },
    };

    private ListEntry[] Selected(IReadOnlyList<ListEntry> entries) =>
        [.. entries.Where(entry => options.Architectures.Includes(entry.Platform))];

    private static IReadOnlyList<ListEntry> Completed(ImageSide destination, ImageSide source) => destination.IsSingle
        ? ListEntry.Of(ManifestComparer.WithPlatformsOf(source, destination))
        : ListEntry.Of(destination);
}
