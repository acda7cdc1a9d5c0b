using System.Diagnostics;
using MirrorValidate.ImageLists;
using MirrorValidate.Logging;
using MirrorValidate.Manifests;
using MirrorValidate.References;
using MirrorValidate.Registries;
using MirrorValidate.Validation.Differences;

namespace MirrorValidate.Validation;

/// <summary>
/// Validates entries of an image list, one result each. Both sides are asked at the same time; nothing passes that was not
/// compared, and only a registry's own 404 means that something does not exist.
/// </summary>
/// <param name="source">Asks source registries.</param>
/// <param name="destination">Asks destination registries.</param>
/// <param name="options">What is compared.</param>
/// <param name="log">Where log lines go.</param>
public sealed class MirrorValidator(RegistryClient source, RegistryClient destination, ValidationOptions options, ILogSink log)
{
    /// <summary>How many entries of one list are asked for at the same time, so that a list of thousands is no flood.</summary>
    private const int ExistenceConcurrency = 32;

    private readonly DifferenceFinder _differences = new(options);
    private readonly DifferenceExplainer _explainer = new(source, destination, options);

    /// <summary>Validates an entry. Whatever goes wrong is in the result.</summary>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public async Task<MirrorImageResult> ValidateAsync(ImageListEntry entry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var validation = new EntryValidation(entry, options, new RequestContext(log, options.Timeout, entry.Id));
        long started = Stopwatch.GetTimestamp();
        Verdict verdict;
        try
        {
            verdict = await ValidateAsync(validation, cancellationToken).ConfigureAwait(false);
            validation.Differences = _differences.Find(validation.Source, validation.Destination, verdict);
            if (options.Explain && verdict.Status == ValidationStatus.Failed)
                validation.Differences = await _explainer.ExplainAsync(validation, cancellationToken).ConfigureAwait(false);
        }
        catch (ImageListException e)
        {
            verdict = Verdict.Error(ValidationReason.InvalidLine, e.Message, e);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // One entry's surprise must not cost the others their results, nor pass.
            verdict = Verdict.Error(ValidationReason.InternalError, $"internal error: {e.GetType().Name}: {e.Message}", e);
        }

        MirrorImageResult result = validation.ToResult(verdict, Stopwatch.GetElapsedTime(started));
        VerdictLog.Write(validation.Context, result);
        return result;
    }

    private async Task<Verdict> ValidateAsync(EntryValidation validation, CancellationToken cancellationToken)
    {
        if (validation.Entry.Image is not { } image) throw validation.Entry.Error!;
        (ImageReference from, ImageReference to) = validation.Resolve(image);
        RequestContext context = validation.Context;
        context.Log(LogLevel.Debug, () => $"comparing [{from}] with [{to}]");
        if (from == to)
            context.Log(LogLevel.Warning, () => $"source and destination are the same image [{from}]: nothing is proven of a mirror");

        Task<(ImageSide? Side, RegistryException? Fault)> sourceTask = ReadAsync(source, from, wantsPlatform: true, context, cancellationToken);
        Task<(ImageSide? Side, RegistryException? Fault)> destinationTask =
            ReadAsync(destination, to, options.Comparison == ComparisonMode.Platform, context, cancellationToken);
        // Both are waited for, whatever one of them ends in: nothing is left under way behind a result.
        await Task.WhenAll(sourceTask, destinationTask).ConfigureAwait(false);
        (validation.Source, RegistryException? sourceFault) = await sourceTask.ConfigureAwait(false);
        (validation.Destination, RegistryException? destinationFault) = await destinationTask.ConfigureAwait(false);

        if (validation.Source is null || sourceFault is not null) return RegistryFaults.OfSource(sourceFault!, validation.Source);
        if (ManifestComparer.CheckSource(validation.Source, options.Architectures) is { } unusable) return unusable;
        if (validation.Destination is null || destinationFault is not null) return RegistryFaults.OfDestination(destinationFault!, validation.Destination);
        return await CompareAsync(validation.Source, validation.Destination, context, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Verdict> CompareAsync(ImageSide from, ImageSide to, RequestContext context, CancellationToken cancellationToken)
    {
        if (ManifestComparer.Compare(from, to, options) is { } difference) return difference;
        int comparisons = 1;
        if (to.Manifest is ManifestIndex)
        {
            ManifestSpecCollection compared = from.IsSingle ? new(to.Specs.ToArray()) : to.Select(options.Architectures);
            if (await CheckExistenceAsync(to.Reference, compared, context, cancellationToken).ConfigureAwait(false) is { } absence) return absence;
            comparisons = compared.Count;
        }

        bool platformIsOpen = from.IsSingle && !from.IsArtifact && options.Comparison != ComparisonMode.Digest;
        return (platformIsOpen ? ManifestComparer.CompareSinglePlatform(from, to) : null) ?? Verdict.PassedAfter(comparisons);
    }

    private async Task<Verdict?> CheckExistenceAsync(
        ImageReference image, ManifestSpecCollection specs, RequestContext context, CancellationToken cancellationToken)
    {
        List<ManifestSpec> distinct = [.. specs.DistinctBy(spec => spec.Digest)];
        var faults = new RegistryException?[distinct.Count];
        await Parallel.ForAsync(
            0,
            distinct.Count,
            new ParallelOptions { MaxDegreeOfParallelism = ExistenceConcurrency, CancellationToken = cancellationToken },
            async (i, token) =>
            {
                try
                {
                    ImageReference child = image.WithDigest(Digest.Parse(distinct[i].Digest));
                    await destination.CheckManifestAsync(child, context, token).ConfigureAwait(false);
                }
                catch (RegistryException e)
                {
                    faults[i] = e;
                }
            }).ConfigureAwait(false);

        // In the order of the list, so that the same trouble gives the same words. What is proven missing outweighs what is not known.
        List<(ManifestSpec Spec, RegistryException Fault)> found =
            [.. distinct.Zip(faults).Where(one => one.Second is not null).Select(one => (one.First, one.Second!))];
        if (found.Count == 0) return null;
        List<(ManifestSpec Spec, RegistryException Fault)> missing = found.FindAll(one => one.Fault.Fault == RegistryFault.NotFound);
        if (missing.Count == 0) return RegistryFaults.OfAny(found[0].Fault);
        IEnumerable<string> names = missing.Select(one =>
            $"{image.Name}@{one.Spec.Digest}{(one.Spec.Platform is { } platform ? $" ({Printable.Of(platform.ToString())})" : "")}");
        return Verdict.Failed(
            ValidationReason.DestinationManifestMissing, $"failed to inspect dest image: [{string.Join(", ", names)}]: {missing[0].Fault.Message}")
            with { Missing = [.. missing.Select(one => one.Spec)] };
    }

    // A side whose manifest was read but whose config was not has both a side and a fault.
    private static async Task<(ImageSide? Side, RegistryException? Fault)> ReadAsync(
        RegistryClient client, ImageReference reference, bool wantsPlatform, RequestContext context, CancellationToken cancellationToken)
    {
        ImageSide? side = null;
        try
        {
            Manifest manifest = await client.GetManifestAsync(reference, context, cancellationToken).ConfigureAwait(false);
            side = new ImageSide(reference, manifest, (manifest as Schema1Manifest)?.Platform);
            if (!wantsPlatform || manifest is not ImageManifest { IsImage: true } image) return (side, null);
            ImageConfig config = await client.GetConfigAsync(reference, image.Config, context, cancellationToken).ConfigureAwait(false);
            return (side with { Platform = config.Platform }, null);
        }
        catch (RegistryException e)
        {
            return (side, e);
        }
    }
}
