using System.Diagnostics;
using MirrorValidate.ImageLists;
using MirrorValidate.Logging;
using MirrorValidate.Manifests;
using MirrorValidate.References;
using MirrorValidate.Registries;
using MirrorValidate.Validation.Comparison;
using MirrorValidate.Validation.Completeness;
using MirrorValidate.Validation.Depth;
using MirrorValidate.Validation.Differences;
using MirrorValidate.Validation.Findings;

namespace MirrorValidate.Validation;

/// <summary>
/// Validates entries of an image list, one result each. Both sides are asked at the same time; nothing passes that was not
/// compared, and only a registry's own 404 means that something does not exist.
/// </summary>
public sealed class MirrorValidator
{
    private readonly ValidationOptions _options;
    private readonly ILogSink _log;
    private readonly RegistryReader _source;
    private readonly RegistryReader _destination;
    private readonly DepthCheck _depth;
    private readonly CompletenessCheck _completeness;
    private readonly PinCheck _pins;
    private readonly DifferenceFinder _differences;
    private readonly DifferenceExplainer _explainer;

    /// <summary>Makes the validator of a run; what it asks a registry for one entry it does not ask again for another.</summary>
    /// <param name="source">Asks source registries.</param>
    /// <param name="destination">Asks destination registries.</param>
    /// <param name="options">What is compared.</param>
    /// <param name="log">Where log lines go.</param>
    public MirrorValidator(RegistryClient source, RegistryClient destination, ValidationOptions options, ILogSink log)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _log = log;
        _source = new RegistryReader(source);
        _destination = new RegistryReader(destination);
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
        var context = new RequestContext(_log, _options.Timeout, entry.Id);
        long started = Stopwatch.GetTimestamp();
        var state = new EntryState(entry);
        Verdict verdict;
        try
        {
            state = Resolve(state, context);
            state = await ReadAsync(state, context, cancellationToken).ConfigureAwait(false);
            state = await CompareAsync(state, context, cancellationToken).ConfigureAwait(false);
            state = await CompleteAsync(state, context, cancellationToken).ConfigureAwait(false);
            verdict = state.Verdict ?? Verdict.PassedAfter(state.Proof.Manifests);
        }
        catch (ImageListException e)
        {
            verdict = Verdict.Error(ValidationReason.InvalidLine, e, e.Message);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // One entry's surprise must not cost the others their results, nor pass.
            verdict = Verdict.Error(ValidationReason.InternalError, e, e.GetType().Name, e.Message);
        }

        MirrorImageResult result = new EntryResult(context, _options.Architectures)
            .Create(state, verdict, Stopwatch.GetElapsedTime(started));
        VerdictLog.Write(context, result);
        return result;
    }

    private EntryState Resolve(EntryState state, RequestContext context)
    {
        if (state.Entry.Image is not { } image) throw state.Entry.Error!;
        (ImageReference from, ImageReference to) = image.Resolve(_options.Mirror);
        context.Log(LogLevel.Debug, () => $"comparing [{from}] with [{to}]");
        if (from == to)
        {
            context.Log(
                LogLevel.Warning,
                () => $"source and destination are the same image [{from}]: nothing is proven of a mirror");
        }

        return state with { From = from, To = to };
    }

    private async Task<EntryState> ReadAsync(EntryState state, RequestContext context, CancellationToken cancellationToken)
    {
        (ImageReference from, ImageReference to) = (state.From!, state.To!);
        Task<SideReading> destinationTask = ReadAsync(
            _destination,
            to,
            () => _destination.GetManifestAsync(to, context, cancellationToken),
            wantsPlatform: _options.Comparison == ComparisonMode.Platform,
            context,
            cancellationToken);
        Task<SideReading> sourceTask = ReadAsync(
            _source,
            from,
            () => GetSourceAsync(from, destinationTask, context, cancellationToken),
            wantsPlatform: true,
            context,
            cancellationToken);
        // Both are waited for, whatever one of them ends in: nothing is left under way behind a result.
        await Task.WhenAll(sourceTask, destinationTask).ConfigureAwait(false);
        (ImageSide? source, RegistryException? sourceFault) = await sourceTask.ConfigureAwait(false);
        (ImageSide? destination, RegistryException? destinationFault) = await destinationTask.ConfigureAwait(false);

        state = state with { Source = source, Destination = destination };
        if (sourceFault is not null) return state.With(UnreadSide.OfSource(sourceFault, source));
        if (ManifestComparer.CheckSource(source!, _options.Architectures) is { } unusable) return state.With(unusable);
        if (destinationFault is null) return state;
        Finding unread = UnreadSide.OfDestination(destinationFault, destination, source!);
        return state.With(
            unread.Reason == ValidationReason.DestinationNotFound && state.Entry.Image!.TakesProject(_options.Mirror)
                ? unread with { Clause = $"{unread.Clause}; {ProjectHint}" }
                : unread);
    }

    private string ProjectHint =>
        $"\"{_options.Mirror.DefaultProject}\" was put before the name, -DefaultProject '' looks for it as it is written";

    private async Task<EntryState> CompareAsync(EntryState state, RequestContext context, CancellationToken cancellationToken)
    {
        if (state is not { Verdict: null, Source: { } from, Destination: { } to }) return state;
        Finding? difference = ManifestComparer.Compare(from, to, _options);
        state = state.WithDifferences(_differences.Find(from, to, difference?.Reason ?? ValidationReason.None));
        if (difference is not null) return state.With(difference);
        bool platformIsOpen = from.IsSingle && !from.IsArtifact && _options.Comparison != ComparisonMode.Digest;
        Finding? platform = platformIsOpen ? ManifestComparer.CompareSinglePlatform(from, to) : null;
        if (platform is null)
        {
            DepthOutcome outcome = await _depth.RunAsync(from, to, _options.Depth, context, cancellationToken).ConfigureAwait(false);
            return (state with { Proof = outcome.Proof }).With(outcome.Findings);
        }

        // Of an image of another platform it matters whether it is there, and no more. That it is missing comes first.
        ValidationDepth depth = _options.Depth > ValidationDepth.Manifest ? ValidationDepth.Manifest : _options.Depth;
        DepthOutcome existence = await _depth.RunAsync(from, to, depth, context, cancellationToken).ConfigureAwait(false);
        return state.With(existence.Findings).With(platform);
    }

    // What belongs to an image is looked for once it is right; tags and causes are looked into whatever the verdict is.
    private async Task<EntryState> CompleteAsync(EntryState state, RequestContext context, CancellationToken cancellationToken)
    {
        if (state is { Source: { } from, Destination: { } to })
        {
            if (state.Verdict is not null)
                state = state.With(_completeness.FindUnlisted(from, to));
            else if (_completeness.IsWanted)
                state = state.With(await _completeness.RunAsync(from, to, context, cancellationToken).ConfigureAwait(false));
        }

        if (state.IsError) return state;
        state = state.With(await _pins.RunAsync(state.From!, state.To!, context, cancellationToken).ConfigureAwait(false));
        return _options.Explain && state.Verdict?.Status == ValidationStatus.Failed
            ? state with { Differences = await _explainer.ExplainAsync(state, context, cancellationToken).ConfigureAwait(false) }
            : state;
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
        RegistryReader registry, ImageReference reference, Func<Task<Manifest>> get, bool wantsPlatform, RequestContext context, CancellationToken cancellationToken)
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
