using MirrorValidate.Manifests;
using MirrorValidate.Validation.Comparison;

namespace MirrorValidate.Validation.Differences;

/// <summary>Finds the differences that what was read of two sides shows, without asking any registry.</summary>
/// <param name="options">What is compared.</param>
internal sealed class DifferenceFinder(ValidationOptions options)
{
    /// <summary>The differences between two sides that were compared.</summary>
    /// <param name="source">The source.</param>
    /// <param name="destination">The destination.</param>
    /// <param name="reason">What the comparison has given.</param>
    internal IReadOnlyList<Difference> Find(ImageSide source, ImageSide destination, ValidationReason reason) => reason switch
    {
        ValidationReason.DestinationNotAList => OfNoList(source, destination),
        // The same bytes differ in nothing.
        _ when source.Manifest.Digest == destination.Manifest.Digest => [],
        _ when source.IsArtifact || options.Comparison == ComparisonMode.Digest => OfDigests(source, destination),
        _ when source.IsSingle => OfSingle(source, destination),
        _ => OfLists(
            Selected(source), Selected(destination, source), ListEntry.Of(source), Completed(destination, source)),
    };

    private static List<Difference> OfLists(
        IReadOnlyList<ListEntry> source, IReadOnlyList<ListEntry> destination, IReadOnlyList<ListEntry> wholeSource, IReadOnlyList<ListEntry> wholeDestination)
    {
        List<Difference> differences = ListDifferences.Of(source, destination);
        if (FilteredList.Find(wholeSource, wholeDestination) is { } filtered) differences.Add(filtered);
        return differences;
    }

    // One of the source's images may have been copied alone; its digest tells which.
    private List<Difference> OfNoList(ImageSide source, ImageSide destination)
    {
        var notAList = new Difference(DifferenceKind.NotAList, "", source.Manifest.MediaType, destination.Manifest.MediaType);
        if (!destination.IsSingle) return [notAList];
        if (source.IsSingle)
        {
            bool isSame = source.Manifest.Digest == destination.Manifest.Digest;
            notAList = isSame ? notAList with { Detail = DifferenceTexts.PlainCopy } : notAList;
            return [notAList, .. OfDigests(source, destination).Where(difference => difference.Kind == DifferenceKind.DigestDiffers)];
        }

        string digest = destination.Manifest.Digest.ToString();
        List<ListEntry> copied = [.. ListEntry.Of(source).Where(entry => entry.Digest == digest).Take(1)];
        if (copied.Count == 0) return [notAList];
        List<ListEntry> selected = [.. copied.Where(entry => options.Architectures.Includes(entry.Platform))];
        return
        [
            notAList with { Platform = copied[0].PlatformText, Detail = DifferenceTexts.OnePlatformCopied },
            .. OfLists(Selected(source), selected, ListEntry.Of(source), copied),
        ];
    }

    // By digest everything in a list is compared, whatever is selected of it.
    private static List<Difference> OfDigests(ImageSide source, ImageSide destination)
    {
        if (source.Manifest.Digest == destination.Manifest.Digest) return [];
        (string from, string to) = (source.Manifest.Digest.ToString(), destination.Manifest.Digest.ToString());
        bool bothAreLists = source.Manifest is ManifestIndex && destination.Manifest is ManifestIndex;
        List<Difference> differences = bothAreLists
            ? OfLists(ListEntry.Of(source), ListEntry.Of(destination), ListEntry.Of(source), ListEntry.Of(destination))
            : [];
        if (source.Manifest.MediaType != destination.Manifest.MediaType && (source.Manifest is ManifestIndex || destination.Manifest is ManifestIndex))
        {
            differences.Add(new Difference(
                bothAreLists ? DifferenceKind.MediaTypeConverted : DifferenceKind.MediaTypeDiffers, "", source.Manifest.MediaType, destination.Manifest.MediaType));
        }

        // Elsewhere nothing needs to be done about these.
        if (differences.Count > 0) return differences.ConvertAll(one => one.Kind == DifferenceKind.Reordered ? one with { Remedy = DifferenceTexts.KeepDigests } : one);
        return
        [
            new Difference(DifferenceKind.DigestDiffers, ListEntry.TextOf(source.Platform), from, to)
            {
                Detail = bothAreLists ? DifferenceTexts.IndexRewritten
                    : source.IsArtifact && destination is { IsArtifact: false } ? DifferenceTexts.ArtifactReplaced
                    : "",
                Remedy = bothAreLists ? DifferenceTexts.KeepDigests : "",
                Pair = bothAreLists ? null : new ManifestPair(from, to),
            },
        ];
    }

    private static List<Difference> OfSingle(ImageSide source, ImageSide destination)
    {
        ListEntry expected = ListEntry.Of(source)[0];
        List<ListEntry> actual = [.. Completed(destination, source)];
        // The digest of schema 1 changes with every conversion and signature.
        if (source.Manifest is Schema1Manifest && actual.Count > 0) expected = expected with { Digest = actual[0].Digest };
        return [.. EntryPairing.Match([expected], actual).SelectMany(pair => ListDifferences.Of(pair.Source, pair.Destination is { } entry ? Stated(entry, expected) : null))];
    }

    // An entry for a single image may leave open which Windows it is of, and what it needs of it.
    private static ListEntry Stated(ListEntry entry, ListEntry expected) => entry with
    {
        Platform = entry.Platform with
        {
            OSVersion = entry.Platform.OSVersion.Length > 0 ? entry.Platform.OSVersion : expected.Platform.OSVersion,
            OSFeatures = entry.Platform.OSFeatures.Count > 0 ? entry.Platform.OSFeatures : expected.Platform.OSFeatures,
        },
    };

    private ListEntry[] Selected(ImageSide source) => [.. ListEntry.Of(source).Where(entry => options.Architectures.Includes(entry.Platform))];

    private ListEntry[] Selected(ImageSide destination, ImageSide source) =>
        [.. Completed(destination, source).Where(entry => options.Architectures.Includes(entry.Platform))];

    private static IReadOnlyList<ListEntry> Completed(ImageSide destination, ImageSide source) => destination.IsSingle
        ? ListEntry.Of(ManifestComparer.WithPlatformsOf(source, destination))
        : ListEntry.Of(destination);
}
