using System.Diagnostics;
using MirrorValidate.ImageLists;
using MirrorValidate.Logging;
using MirrorValidate.Manifests;
using MirrorValidate.References;
using MirrorValidate.Registries;
using MirrorValidate.Validation.Completeness;
using MirrorValidate.Validation.Depth;
using MirrorValidate.Validation.Differences;

namespace MirrorValidate.Validation;

/// <summary>
/// Validates entries of an image list, one result each. Both sides are asked at the same time; nothing passes that was not
/// compared, and only a registry's own 404 means that something does not exist.
/// </summary>
public sealed class MirrorValidator
{
    private readonly ValidationOptions _options;
    private readonly ILogSink _log;
    private readonly IImageReader _source;
    private readonly IImageReader _destination;
    private readonly DepthCheck _depth;
    private readonly CompletenessCheck _completeness;
    private readonly PinCheck _pins;
    private readonly DifferenceFinder _differences;
    private readonly DifferenceExplainer _explainer;

    /// <summary>Creates the validator of a run.</summary>
    /// <param name="source">Reads the sources.</param>
    /// <param name="destination">Reads the destinations.</param>
    /// <param name="options">What is compared.</param>
    /// <param name="log">Receives the log lines.</param>
    internal MirrorValidator(IImageReader source, IImageReader destination, ValidationOptions options, ILogSink log)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _log = log;
        _source = source;
        _destination = destination;
        _depth = new DepthCheck(_destination, options.Architectures);
        _completeness = new CompletenessCheck(_source, _destination, options);
        _pins = new PinCheck(_source, _destination);
        _differences = new DifferenceFinder(options);
        _explainer = new DifferenceExplainer(_source, _destination, options);
    }

    /// <summary>Validates an entry. Whatever goes wrong is in the result.</summary>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public async Task<MirrorImageResult> ValidateAsync(ImageListEntry entry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var validation = new EntryValidation(entry, _options, new RequestContext(_log, _options.Timeout, entry.Id));
        long started = Stopwatch.GetTimestamp();
        Verdict verdict;
        try
        {
            verdict = await ValidateAsync(validation, cancellationToken).ConfigureAwait(false);
            verdict = await CompleteAsync(validation, verdict, cancellationToken).ConfigureAwait(false);
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

        Task<SideReading> destinationTask = ReadAsync(
            _destination, to, () => _destination.GetManifestAsync(to, context, cancellationToken), _options.Comparison == ComparisonMode.Platform, context, cancellationToken);
        Task<SideReading> sourceTask = ReadAsync(
            _source, from, () => GetSourceAsync(from, destinationTask, context, cancellationToken), wantsPlatform: true, context, cancellationToken);
        // Both are waited for, whatever one of them ends in: nothing is left under way behind a result.
        await Task.WhenAll(sourceTask, destinationTask).ConfigureAwait(false);
        (validation.Source, RegistryException? sourceFault) = await sourceTask.ConfigureAwait(false);
        (validation.Destination, RegistryException? destinationFault) = await destinationTask.ConfigureAwait(false);

        if (validation.Source is null || sourceFault is not null) return RegistryFaults.OfSource(sourceFault!, validation.Source);
        if (ManifestComparer.CheckSource(validation.Source, _options.Architectures) is { } unusable) return unusable;
        if (validation.Destination is null || destinationFault is not null)
        {
            Verdict verdict = RegistryFaults.OfDestination(destinationFault!, validation.Destination);
            return verdict.Reason == ValidationReason.DestinationNotFound && image.TakesProject(_options.Mirror)
                ? verdict with { Message = $"{verdict.Message}; \"{_options.Mirror.DefaultProject}\" was put before the name, -DefaultProject '' looks for it as it is written" }
                : verdict;
        }

        return await CompareAsync(validation, validation.Source, validation.Destination, cancellationToken).ConfigureAwait(false);
    }

    // What belongs to an image is looked for once it is right; what differs is told whatever the verdict is.
    private async Task<Verdict> CompleteAsync(EntryValidation validation, Verdict verdict, CancellationToken cancellationToken)
    {
        verdict = await _completeness.CheckAsync(validation, verdict, cancellationToken).ConfigureAwait(false);
        verdict = await _pins.CheckAsync(validation, verdict, cancellationToken).ConfigureAwait(false);
        validation.Differences = _differences.Find(validation.Source, validation.Destination, verdict);
        if (_options.Explain && verdict.Status == ValidationStatus.Failed)
            validation.Differences = await _explainer.ExplainAsync(validation, cancellationToken).ConfigureAwait(false);
        return verdict;
    }

    private async Task<Verdict> CompareAsync(EntryValidation validation, ImageSide from, ImageSide to, CancellationToken cancellationToken)
    {
        if (ManifestComparer.Compare(from, to, _options) is { } difference) return difference;
        bool platformIsOpen = from.IsSingle && !from.IsArtifact && _options.Comparison != ComparisonMode.Digest;
        Verdict? platform = platformIsOpen ? ManifestComparer.CompareSinglePlatform(from, to) : null;
        // Of what is of another platform it matters whether it is there, and no more.
        ValidationDepth depth = platform is not null && _options.Depth > ValidationDepth.Manifest ? ValidationDepth.Manifest : _options.Depth;
        DepthOutcome outcome = await _depth.RunAsync(from, to, depth, validation.Context, cancellationToken).ConfigureAwait(false);
        if (platform is null) validation.Proof = outcome.Proof;
        return outcome.Verdict ?? platform ?? Verdict.PassedAfter(outcome.Proof.Manifests);
    }

    private Task<Manifest> GetSourceAsync(
        ImageReference from, Task<SideReading> destinationTask, RequestContext context, CancellationToken cancellationToken) =>
        _source.LimitsPulls(from.Registry)
            ? SparePullAsync(from, destinationTask, context, cancellationToken)
            : _source.GetManifestAsync(from, context, cancellationToken);

    // A registry that limits pulls is not made to send what the destination already sent: its digest, which HEAD tells, says that the
    // bytes are the same as those that were read and hashed there.
    private async Task<Manifest> SparePullAsync(
        ImageReference from, Task<SideReading> destinationTask, RequestContext context, CancellationToken cancellationToken)
    {
        ManifestHead head = await _source.HeadManifestAsync(from, context, cancellationToken).ConfigureAwait(false);
        if (head.Digest.Length > 0
            && (await destinationTask.ConfigureAwait(false)).Side?.Manifest is { } same
            && same.Digest.ToString() == head.Digest
            && same.MediaType == head.MediaType)
            return same;
        return await _source.GetManifestAsync(from, context, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<SideReading> ReadAsync(
        IImageReader registry, ImageReference reference, Func<Task<Manifest>> get, bool wantsPlatform, RequestContext context, CancellationToken cancellationToken)
    {
        ImageSide? side = null;
        try
        {
            Manifest manifest = await get().ConfigureAwait(false);
            side = new ImageSide(reference, manifest, (manifest as Schema1Manifest)?.Platform);
            if (!wantsPlatform || manifest is not ImageManifest { IsImage: true } image) return new SideReading(side, null);
            ImageConfig config = await registry.GetConfigAsync(reference, image.Config, context, cancellationToken).ConfigureAwait(false);
            return new SideReading(side with { Platform = config.Platform }, null);
        }
        catch (RegistryException e)
        {
            return new SideReading(side, e);
        }
    }

    /// <summary>What came of reading a side. One whose manifest was read but whose config was not has both a side and a fault.</summary>
    private sealed record SideReading(ImageSide? Side, RegistryException? Fault);
}
