using MirrorValidate.Manifests;
using MirrorValidate.Validation.Comparison;

namespace MirrorValidate.Validation.Differences;

/// <summary>
/// The differences between two sides that are compared by digest, which covers all entries, selected or not.
/// </summary>
internal static class DigestDifferences
{
    /// <summary>The differences between two sides that should have the same digest.</summary>
    internal static List<Difference> Of(ImageSide source, ImageSide destination)
    {
        if (source.Manifest.Digest == destination.Manifest.Digest) return [];
        if (source.Manifest is ManifestIndex && destination.Manifest is ManifestIndex)
            return OfListDigests(source, destination);
        if (source.Manifest is ManifestIndex || destination.Manifest is ManifestIndex)
            return [MediaTypeDiffers(source, destination)];

        Difference differs = DigestDiffers(source, destination);
        if (SignedAnew.Is(source.Manifest, destination.Manifest))
        {
            return
            [
                differs with
                {
                    Kind = DifferenceKind.ManifestRewritten,
                    Detail = DifferenceTexts.SignedAnew,
                    Remedy = DifferenceTexts.LeaveSchema1,
                },
            ];
        }

        differs = differs with { Pair = new ManifestPair(differs.Source, differs.Destination) };
        if (source.IsArtifact && !destination.IsArtifact)
            return [differs with { Detail = DifferenceTexts.ArtifactReplaced }];
        return source.Manifest is Schema1Manifest && destination.Manifest is ImageManifest { IsImage: true }
            ? [differs with { Detail = DifferenceTexts.Schema1Converted, Remedy = DifferenceTexts.LeaveSchema1 }]
            : [differs];
    }

    // Names another comparison mode only if that accepts the destination.
    private static Difference MediaTypeDiffers(ImageSide source, ImageSide destination)
    {
        var differs = new Difference(
            DifferenceKind.MediaTypeDiffers, "", source.Manifest.MediaType, destination.Manifest.MediaType);
        if (source.IsArtifact)
        {
            return differs with
            {
                Detail = DifferenceTexts.ArtifactReplaced,
                Remedy = DifferenceTexts.CopyArtifactAsItIs,
            };
        }

        if (destination.IsArtifact)
        {
            return differs with
            {
                Detail = DifferenceTexts.NotAnImageThere,
                Remedy = DifferenceTexts.FindOutAndMirror,
            };
        }

        if (destination.IsSingle && Has(source, destination))
        {
            return differs with
            {
                Detail = DifferenceTexts.UnpackedImage,
                Remedy = DifferenceTexts.TakeOnePlatform(OfImage(source, destination)),
            };
        }

        return source.IsSingle && destination.Specs.Count == 1 && Has(destination, source)
            ? differs with { Detail = DifferenceTexts.WrappedImage, Remedy = DifferenceTexts.TakeWrappedImages }
            : differs;
    }

    private static string OfImage(ImageSide list, ImageSide image)
    {
        IReadOnlyList<ListEntry> entries = ListEntry.Of(list);
        string digest = image.Manifest.Digest.ToString();
        return ListEntry.ArgumentFor([.. entries.Where(entry => entry.Digest == digest)], entries);
    }

    private static bool Has(ImageSide list, ImageSide image) =>
        list.Specs.Any(spec => spec.Digest == image.Manifest.Digest.ToString());

    private static List<Difference> OfListDigests(ImageSide source, ImageSide destination)
    {
        IReadOnlyList<ListEntry> expected = ListEntry.Of(source);
        IReadOnlyList<ListEntry> actual = ListEntry.Of(destination);
        List<Difference> differences = ListDifferences.Of(expected, actual, expected, actual, source);
        (string from, string to) = (source.Manifest.MediaType, destination.Manifest.MediaType);
        if (from != to) differences.Add(new Difference(DifferenceKind.MediaTypeConverted, "", from, to));
        return differences.Count > 0
            ? differences.ConvertAll(one => Told(one, source.IsArtifact))
            :
            [
                DigestDiffers(source, destination) with
                {
                    Detail = DifferenceTexts.IndexRewritten,
                    Remedy = DifferenceTexts.KeepDigests,
                },
            ];
    }

    // In other modes another order or fewer platforms can be right, and -Architecture selects. Here nothing may differ.
    private static Difference Told(Difference difference, bool isOfArtifact) => difference.Kind switch
    {
        DifferenceKind.MissingPlatform => difference with
        {
            Detail = isOfArtifact ? DifferenceTexts.EntryMissing : "",
            Remedy = isOfArtifact ? DifferenceTexts.CopyArtifactAsItIs : DifferenceTexts.CopyAsItIs,
        },
        DifferenceKind.FilteredIndex => difference with { Remedy = DifferenceTexts.AllowFewer },
        DifferenceKind.Reordered => difference with { Remedy = DifferenceTexts.KeepDigests },
        _ => difference,
    };

    private static Difference DigestDiffers(ImageSide source, ImageSide destination) => new(
        DifferenceKind.DigestDiffers,
        ListEntry.TextOf(source.Platform),
        source.Manifest.Digest.ToString(),
        destination.Manifest.Digest.ToString());
}
