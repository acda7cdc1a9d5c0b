using MirrorValidate.Manifests;
using MirrorValidate.Platforms;
using MirrorValidate.References;
using MirrorValidate.Registries;
using MirrorValidate.Validation.Findings;

namespace MirrorValidate.Validation.Comparison;

/// <summary>Reads the manifests of both sides, and the configs that state their platforms, at the same time.</summary>
/// <param name="source">Reads the sources.</param>
/// <param name="destination">Reads the destinations.</param>
/// <param name="options">What is compared.</param>
internal sealed class SideReader(IImageReader source, IImageReader destination, ValidationOptions options)
{
    /// <summary>Reads both sides. Where something is wrong with both, the source decides.</summary>
    internal async Task<EntryState> ReadAsync(
        EntryState state, RequestContext context, CancellationToken cancellationToken)
    {
        (ImageReference from, ImageReference to) = (state.From!, state.To!);
        Task<Reading> destinationTask = ReadAsync(
            destination,
            to,
            state.Platforms,
            () => destination.GetManifestAsync(to, context, cancellationToken),
            wantsPlatform: options.Comparison == ComparisonMode.Platform,
            context,
            cancellationToken);
        Task<Reading> sourceTask = ReadAsync(
            source,
            from,
            state.Platforms,
            () => source.LimitsPulls(from)
                ? SparePullAsync(from, destinationTask, context, cancellationToken)
                : source.GetManifestAsync(from, context, cancellationToken),
            wantsPlatform: true,
            context,
            cancellationToken);
        // Both are awaited even if one fails, so that no request outlives the result.
        await Task.WhenAll(sourceTask, destinationTask).ConfigureAwait(false);
        Reading here = await sourceTask.ConfigureAwait(false);
        Reading there = await destinationTask.ConfigureAwait(false);

        state = state with { Source = here.Side, Destination = there.Side };
        if (here.Fault is not null) return state.With(UnreadSide.OfSource(here.Fault, here.Side));
        Finding? unusable = ManifestComparer.CheckSource(here.Side!);
        if (unusable is not null) return state.With(unusable);
        if (there.Fault is null) return state;
        Finding unread = UnreadSide.OfDestination(there.Fault, there.Side, here.Side!);
        bool mayBeElsewhere = unread.Reason == ValidationReason.DestinationNotFound
            && state.Entry.Image!.TakesProject(options.Mirror);
        return state.With(mayBeElsewhere ? unread with { Clause = $"{unread.Clause}; {ProjectHint}" } : unread);
    }

    private string ProjectHint =>
        $"\"{options.Mirror.DefaultProject}\" was put before the name, "
        + "-DefaultProject '' looks for it as it is written";

    // A registry that limits pulls need not send what the destination has already sent: HEAD, which counts as no pull,
    // tells the digest, and under the same digest are the bytes that were read and hashed there.
    private async Task<Manifest> SparePullAsync(
        ImageReference from, Task<Reading> destinationTask, RequestContext context, CancellationToken cancellationToken)
    {
        ManifestHead head = await source.HeadManifestAsync(from, context, cancellationToken).ConfigureAwait(false);
        if (head.Digest.Length > 0
            && (await destinationTask.ConfigureAwait(false)).Side?.Manifest is { } same
            && same.Digest.ToString() == head.Digest
            && same.MediaType == head.MediaType)
            return same;
        return await source.GetManifestAsync(from, context, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<Reading> ReadAsync(
        IImageReader reader,
        ImageReference reference,
        PlatformSelection platforms,
        Func<Task<Manifest>> get,
        bool wantsPlatform,
        RequestContext context,
        CancellationToken cancellationToken)
    {
        ImageSide? side = null;
        try
        {
            Manifest manifest = await get().ConfigureAwait(false);
            side = new ImageSide(reference, manifest, (manifest as Schema1Manifest)?.Platform, platforms);
            if (!wantsPlatform || manifest is not ImageManifest { IsImage: true } image) return new Reading(side, null);
            ImageConfig config = await reader
                .GetConfigAsync(reference, image.Config, context, cancellationToken).ConfigureAwait(false);
            return new Reading(side with { Platform = config.Platform }, null);
        }
        catch (RegistryException e)
        {
            return new Reading(side, e);
        }
    }

    /// <summary>
    /// The outcome of reading a side. Where only the config could not be read, there is a side and a fault.
    /// </summary>
    private sealed record Reading(ImageSide? Side, RegistryException? Fault);
}
