using MirrorValidate.Logging;
using MirrorValidate.Manifests;
using MirrorValidate.References;
using MirrorValidate.Registries;
using MirrorValidate.Validation.Comparison;

namespace MirrorValidate.Validation.Differences;

/// <summary>
/// Finds the causes of differences: reads the manifests and configs of both sides, and asks whether the source still
/// has the destination's digest. A difference whose manifests cannot be read stays as it was and says why. No verdict
/// changes.
/// </summary>
/// <param name="source">Reads the sources.</param>
/// <param name="destination">Reads the destinations.</param>
internal sealed class DifferenceExplainer(IImageReader source, IImageReader destination)
{
    // Each explanation sends six requests at most.
    private const int Concurrency = 8;

    // Thousands of explanations of one index would not be worth their requests.
    private const int MaximumExplained = 100;

    /// <summary>Explains the differences of an entry as far as possible.</summary>
    internal async Task<IReadOnlyList<Difference>> ExplainAsync(
        EntryState state, RequestContext context, CancellationToken cancellationToken)
    {
        if (state is not { Source: { } from, Destination: { } to }) return state.Differences;
        IReadOnlyList<Difference> more =
            await FindOneImageAsync(state.Differences, from, to, context, cancellationToken).ConfigureAwait(false);
        Difference[] differences = [.. state.Differences, .. more];
        int[] unexplained =
        [
            .. Enumerable.Range(0, differences.Length)
                .Where(i => differences[i] is { Kind: DifferenceKind.DigestDiffers, Pair: not null })
                .Take(MaximumExplained),
        ];
        await Concurrently.ForAsync(unexplained.Length, Concurrency, async n =>
        {
            Difference one = differences[unexplained[n]];
            ManifestPair pair = one.Pair!;
            context.Log(LogLevel.Debug, () => $"looking into why {pair.Destination} is not {pair.Source}");
            differences[unexplained[n]] =
                await ExplainAsync(one, pair, from, to, context, cancellationToken).ConfigureAwait(false);
        }).ConfigureAwait(false);
        // A comparison by digest has told the format of the list already, without the images.
        Difference[] ofImages = [.. differences.Where(one => one.Source != from.Manifest.MediaType)];
        return IsConvertedList(from.Manifest, to.Manifest, ofImages)
            ? [.. ofImages, ListConverted(from.Manifest, to.Manifest)]
            : differences;
    }

    private static bool IsConvertedList(Manifest source, Manifest destination, Difference[] ofImages) =>
        source is ManifestIndex && destination is ManifestIndex && source.MediaType != destination.MediaType
        && Array.Exists(ofImages, one =>
            one.Kind is DifferenceKind.MediaTypeConverted or DifferenceKind.Recompressed);

    private static Difference ListConverted(Manifest source, Manifest destination) =>
        new(DifferenceKind.MediaTypeConverted, "", source.MediaType, destination.MediaType)
        {
            Detail = DifferenceTexts.ListConverted,
        };

    private async Task<Difference> ExplainAsync(
        Difference difference,
        ManifestPair pair,
        ImageSide from,
        ImageSide to,
        RequestContext context,
        CancellationToken cancellationToken)
    {
        Task<ImageContent> readSource = ReadAsync(source, from, pair.Source, context, cancellationToken);
        Task<ImageContent> readDestination = ReadAsync(destination, to, pair.Destination, context, cancellationToken);
        try
        {
            await Task.WhenAll(readSource, readDestination).ConfigureAwait(false);
        }
        catch (Exception e) when (e is RegistryException or ManifestFormatException)
        {
            return Unexplained(difference, e.Message);
        }

        ImageContent here = await readSource.ConfigureAwait(false);
        ImageContent there = await readDestination.ConfigureAwait(false);
        if (PairExplanation.OfContents(difference, here, there) is { } explained) return explained;
        (bool? isServed, string problem) =
            await IsServedAsync(from, pair.Destination, context, cancellationToken).ConfigureAwait(false);
        Difference told = PairExplanation.OfHistory(difference, here, there, isServed);
        return told.Kind == DifferenceKind.DigestDiffers && isServed is null ? Unexplained(told, problem) : told;
    }

    private async Task<(bool? IsServed, string Problem)> IsServedAsync(
        ImageSide from, string digest, RequestContext context, CancellationToken cancellationToken)
    {
        try
        {
            ImageReference reference = from.Reference.WithDigest(Digest.Parse(digest));
            await source.CheckManifestAsync(reference, context, cancellationToken).ConfigureAwait(false);
            return (true, "");
        }
        catch (RegistryException e)
        {
            return (e.ProvesAbsence ? false : null, e.Message);
        }
    }

    private static async Task<ImageContent> ReadAsync(
        IImageReader reader,
        ImageSide side,
        string digest,
        RequestContext context,
        CancellationToken cancellationToken)
    {
        ImageReference reference = side.Reference.WithDigest(Digest.Parse(digest));
        Manifest manifest = side.Manifest.Digest == reference.Digest
            ? side.Manifest
            : await reader.GetManifestAsync(reference, context, cancellationToken).ConfigureAwait(false);
        if (manifest is not ImageManifest { IsImage: true } image) return new ImageContent(manifest, Build: null);
        ImageConfig config =
            await reader.GetConfigAsync(reference, image.Config, context, cancellationToken).ConfigureAwait(false);
        return new ImageContent(manifest, ImageBuild.Read(config.Content));
    }

    /// <summary>
    /// One image in place of a list, with a digest that the list does not have: the platform in its config tells which
    /// entry it was made from, and so which others are missing.
    /// </summary>
    private async Task<IReadOnlyList<Difference>> FindOneImageAsync(
        IReadOnlyList<Difference> found,
        ImageSide from,
        ImageSide to,
        RequestContext context,
        CancellationToken cancellationToken)
    {
        if (found is not [{ Kind: DifferenceKind.NotAList or DifferenceKind.MediaTypeDiffers }]
            || from.Manifest is not ManifestIndex || to.Manifest is not ImageManifest { IsImage: true } image)
        {
            return [];
        }

        try
        {
            ImageConfig config = await destination
                .GetConfigAsync(to.Reference, image.Config, context, cancellationToken).ConfigureAwait(false);
            ListEntry[] copied = [new(image.Digest.ToString(), config.Platform)];
            return ListDifferences.Of(
                ListEntry.Selected(ListEntry.Of(from), from.Platforms), ListEntry.Selected(copied, from.Platforms));
        }
        catch (RegistryException e)
        {
            context.Log(LogLevel.Debug, () => $"the platform of the destination's image is not known: {e.Message}");
            return [];
        }
    }

    private static Difference Unexplained(Difference difference, string problem) => difference with
    {
        Detail = $"It could not be learned why the digests differ: {problem.TrimEnd('.')}.",
        Remedy = DifferenceTexts.MirrorAgain,
    };
}
