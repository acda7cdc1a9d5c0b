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
        if (source.IsArtifact || options.Comparison == ComparisonMode.Digest)
            return DigestDifferences.Of(source, destination);
        if (source.IsSingle) return OfSingle(source, destination);
        IReadOnlyList<ListEntry> expected = ListEntry.Of(source);
        IReadOnlyList<ListEntry> actual = Completed(destination, source);
        ListEntry[] wanted = ListEntry.Selected(expected, source.Platforms);
        ListEntry[] found = ListEntry.Selected(actual, source.Platforms);
        return destination.IsSingle
            ? OfPlainImage(ListDifferences.Of(wanted, found))
            : ListDifferences.Of(wanted, found, expected, actual, source);
    }

    // The usual causes are about lists, and a plain image has none.
    private static List<Difference> OfPlainImage(List<Difference> differences) => differences.ConvertAll(one =>
        one.Kind switch
        {
            DifferenceKind.PlatformDiffers or DifferenceKind.VariantDiffers
                or DifferenceKind.OSVersionDiffers or DifferenceKind.OSFeaturesDiffer =>
                one with { Detail = DifferenceTexts.StatedByImage },
            DifferenceKind.ExtraPlatform =>
                one with { Detail = DifferenceTexts.ExtraPlainImage, Remedy = DifferenceTexts.MirrorAgain },
            _ => one,
        });

    private static List<Difference> OfNoList(ImageSide source, ImageSide destination)
    {
        var notAList = new Difference(
            DifferenceKind.NotAList, "", source.Manifest.MediaType, destination.Manifest.MediaType);
        if (!destination.IsSingle || destination.IsArtifact)
        {
            notAList = notAList with
            {
                Detail = DifferenceTexts.NotAnImageThere,
                Remedy = DifferenceTexts.FindOutAndMirror,
            };
        }

        if (!destination.IsSingle) return [notAList];
        return source.IsSingle
            ? OfPlainPair(notAList, source, destination)
            : OfOnePlatform(notAList, source, destination);
    }

    private static List<Difference> OfPlainPair(Difference notAList, ImageSide source, ImageSide destination)
    {
        bool isCopy = source.Manifest.Digest == destination.Manifest.Digest;
        if (!destination.IsArtifact)
        {
            notAList = notAList with
            {
                Detail = isCopy ? DifferenceTexts.PlainCopy : DifferenceTexts.PlainImage,
                Remedy = DifferenceTexts.TakePlainImages,
            };
        }

        return [notAList, .. DigestDifferences.Of(source, destination)];
    }

    // One image of the source's list may have been copied alone; its digest shows which.
    private static List<Difference> OfOnePlatform(Difference notAList, ImageSide source, ImageSide destination)
    {
        string digest = destination.Manifest.Digest.ToString();
        IReadOnlyList<ListEntry> expected = ListEntry.Of(source);
        ListEntry[] copied = [.. expected.Where(entry => entry.Digest == digest).Take(1)];
        if (copied.Length == 0) return [notAList];
        return
        [
            notAList with
            {
                Platform = copied[0].PlatformText,
                Detail = DifferenceTexts.OnePlatformCopied,
                Remedy = DifferenceTexts.TakeOnePlatform(ListEntry.ArgumentFor(copied, expected)),
            },
            .. ListDifferences.Of(
                ListEntry.Selected(expected, source.Platforms), ListEntry.Selected(copied, source.Platforms)),
        ];
    }

    private static List<Difference> OfSingle(ImageSide source, ImageSide destination)
    {
        ListEntry expected = ListEntry.Of(source)[0];
        IReadOnlyList<ListEntry> actual = Completed(destination, source);
        // The digest of schema 1 changes with every conversion and signature.
        if (source.Manifest is Schema1Manifest && actual.Count > 0)
            expected = expected with { Digest = actual[0].Digest };
        if (destination.IsSingle)
            return OfPlainImage([.. ListDifferences.Of(expected, Stated(actual[0], expected))]);
        var differences = new List<Difference>();
        foreach ((ListEntry? from, ListEntry? to) in EntryPairing.Match([expected], actual))
        {
            differences.AddRange(ListDifferences.Of(from, to is null ? null : Stated(to, expected))
                .Select(one => from is null || to is null ? OfOneSide(one) : one));
        }

        return NestedLists.Tell(differences, [expected], actual, source.Manifest.Digest.ToString());
    }

    private static Difference OfOneSide(Difference difference) => difference.Kind == DifferenceKind.ExtraPlatform
        ? difference with { Detail = DifferenceTexts.ExtraBesideImage }
        : difference with { Detail = DifferenceTexts.SourceNotInList, Remedy = DifferenceTexts.ReplaceTheList };

    // An entry for a single image may leave out os.version and os.features.
    private static ListEntry Stated(ListEntry entry, ListEntry expected) => entry with
    {
        Platform = entry.Platform with
        {
            OSVersion = entry.Platform.OSVersion.Length > 0 ? entry.Platform.OSVersion : expected.Platform.OSVersion,
            OSFeatures = entry.Platform.OSFeatures.Count > 0 ? entry.Platform.OSFeatures : expected.Platform.OSFeatures,
        },
    };

    private static IReadOnlyList<ListEntry> Completed(ImageSide destination, ImageSide source) => destination.IsSingle
        ? ListEntry.Of(ManifestComparer.WithPlatformsOf(source, destination))
        : ListEntry.Of(destination);
}
