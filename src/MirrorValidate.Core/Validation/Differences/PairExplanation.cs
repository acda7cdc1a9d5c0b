namespace MirrorValidate.Validation.Differences;

/// <summary>
/// Says why two manifests differ. One cause each: what was only converted is not also stale, what is stale is not also
/// rebuilt.
/// </summary>
internal static class PairExplanation
{
    private const string StillServed = "The source still has the destination's image under its digest";

    /// <summary>
    /// What the contents of two manifests say; <see langword="null"/> where they leave open whether the destination is
    /// an older state.
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
    /// What remains to be said once it is known whether the source still has what the destination has.
    /// </summary>
    /// <param name="difference">The difference.</param>
    /// <param name="source">What the source has now.</param>
    /// <param name="destination">What the destination has.</param>
    /// <param name="isServed">Whether the source still has it under its digest; <see langword="null"/> where that could
    /// not be told.</param>
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
            return source.HasSameLayers(destination)
                ? difference with { Kind = DifferenceKind.ConfigDiffers, Detail = "" }
                : Recompressed(difference, source.Manifest.MediaType, destination.Manifest.MediaType);
        }

        return source.Build is null || destination.Build is null
            ? difference with { Detail = DifferenceTexts.NotAnImage, Remedy = DifferenceTexts.MirrorAgain }
            : difference with { Kind = DifferenceKind.Rebuilt, Detail = "" };
    }

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
