using MirrorValidate.Manifests;

namespace MirrorValidate.Validation.Differences;

/// <summary>
/// Says why two manifests differ. Each pair has one cause: a converted image is not also called stale, and a stale one
/// not also rebuilt.
/// </summary>
internal static class PairExplanation
{
    private const string StillServed = "The source still has the destination's image under its digest";

    /// <summary>
    /// The cause as the contents of two manifests show it; <see langword="null"/> if only the history can show it.
    /// </summary>
    internal static Difference? OfContents(Difference difference, ImageContent source, ImageContent destination)
    {
        (string from, string to) = (source.Manifest.MediaType, destination.Manifest.MediaType);
        if (!source.HasSameConfig(destination)) return null;
        if (source.HasSameLayers(destination))
        {
            return from == to
                ? difference with { Kind = DifferenceKind.ManifestRewritten, Detail = "" }
                : difference with
                {
                    Kind = DifferenceKind.MediaTypeConverted,
                    Source = from,
                    Destination = to,
                    Detail = "",
                };
        }

        return source.HasSameFileSystems(destination) ? Recompressed(difference, from, to) : null;
    }

    /// <summary>
    /// The cause as the history shows it, for manifests whose contents do not.
    /// </summary>
    /// <param name="difference">The difference.</param>
    /// <param name="source">What the source has now.</param>
    /// <param name="destination">What the destination has.</param>
    /// <param name="isServed">Whether the source still has the destination's digest; <see langword="null"/> if that is
    /// not known.</param>
    internal static Difference OfHistory(
        Difference difference, ImageContent source, ImageContent destination, bool? isServed)
    {
        bool? isOlder = destination.IsOlderThan(source);
        if (isServed == true)
            return difference with { Kind = DifferenceKind.StaleTag, Detail = Served(source, destination, isOlder) };
        if (isOlder == true)
            return difference with { Kind = DifferenceKind.StaleTag, Detail = Older(source, destination) };
        if (isServed is null) return difference;
        if (source.HasSameFileSystems(destination))
        {
            return difference with
            {
                Kind = DifferenceKind.ConfigDiffers,
                Detail = source.HasSameLayers(destination) ? "" : DifferenceTexts.ConfigChangedAndRecompressed,
            };
        }

        return source.Build is null || destination.Build is null
            ? difference with { Detail = Unreadable(source, destination), Remedy = DifferenceTexts.MirrorAgain }
            : difference with { Kind = DifferenceKind.Rebuilt, Detail = "" };
    }

    private static string Unreadable(ImageContent source, ImageContent destination) =>
        (source.Manifest, destination.Manifest) switch
        {
            (ManifestIndex, ManifestIndex) => DifferenceTexts.NestedDiffers,
            (Schema1Manifest, _) or (_, Schema1Manifest) => DifferenceTexts.Schema1,
            _ => DifferenceTexts.NotAnImage,
        };

    private static Difference Recompressed(Difference difference, string from, string to) => difference with
    {
        Kind = DifferenceKind.Recompressed,
        Detail = from == to ? "" : DifferenceTexts.RecompressedAndConverted(from, to),
    };

    private static string Older(ImageContent source, ImageContent destination) =>
        $"The destination's image was created {destination.Created}, "
        + $"before the source's, which was created {source.Created}.";

    private static string Served(ImageContent source, ImageContent destination, bool? isOlder) => isOlder switch
    {
        true => $"{StillServed}, created {destination.Created}; its tag has moved on to one created {source.Created}.",
        false => $"{StillServed}, created {destination.Created}, but its tag points to one created {source.Created}: "
            + "the tag was moved back, or another tag was mirrored.",
        null => $"{StillServed}, but its tag points to another one now.",
    };
}
