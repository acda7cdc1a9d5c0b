using System.Diagnostics;
using MirrorValidate.ImageLists;
using MirrorValidate.Logging;
using MirrorValidate.Platforms;
using MirrorValidate.References;
using MirrorValidate.Registries;
using MirrorValidate.Validation.Comparison;
using MirrorValidate.Validation.Completeness;
using MirrorValidate.Validation.Depth;
using MirrorValidate.Validation.Differences;
using MirrorValidate.Validation.Findings;

namespace MirrorValidate.Validation;

/// <summary>
/// Validates entries of an image list, one result each. Nothing passes without a comparison, and only a
/// registry's own 404 means that something does not exist.
/// </summary>
internal sealed class MirrorValidator
{
    private readonly ValidationOptions _options;
    private readonly ValidationSettings _settings;
    private readonly ILogSink _log;
    private readonly SideReader _sides;
    private readonly DifferenceFinder _differences;
    private readonly DepthCheck _depth;
    private readonly CompletenessCheck _completeness;
    private readonly PinCheck _pins;
    private readonly DifferenceExplainer _explainer;

    /// <summary>Creates the validator of a run.</summary>
    /// <param name="source">Reads the sources.</param>
    /// <param name="destination">Reads the destinations.</param>
    /// <param name="options">What is compared.</param>
    /// <param name="log">Receives the log lines.</param>
    internal MirrorValidator(IImageReader source, IImageReader destination, ValidationOptions options, ILogSink log)
    {
        _options = options;
        _settings = ValidationSettings.Of(options);
        _log = log;
        _sides = new SideReader(source, destination, options);
        _differences = new DifferenceFinder(options);
        _depth = new DepthCheck(destination);
        _completeness = new CompletenessCheck(source, destination, options);
        _pins = new PinCheck(source, destination);
        _explainer = new DifferenceExplainer(source, destination);
    }

    /// <summary>Validates an entry. Whatever goes wrong is in the result.</summary>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public async Task<MirrorImageResult> ValidateAsync(ImageListEntry entry, CancellationToken cancellationToken)
    {
        var context = new RequestContext(_log, _options.Timeout, entry.Id);
        long started = Stopwatch.GetTimestamp();
        var state = new EntryState(entry);
        Verdict verdict;
        try
        {
            state = Resolve(state, context);
            state = await _sides.ReadAsync(state, context, cancellationToken).ConfigureAwait(false);
            state = await CompareAsync(state, context, cancellationToken).ConfigureAwait(false);
            state = await CompleteAsync(state, context, cancellationToken).ConfigureAwait(false);
            verdict = state.Verdict ?? Verdict.PassedAfter(state.Proof.Manifests);
        }
        catch (ImageListException e)
        {
            verdict = Verdict.OfEntry(e);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // A bug that one entry meets must neither end the run nor let the entry pass.
            verdict = Verdict.Error(ValidationReason.InternalError, e, e.GetType().Name, e.Message);
        }

        MirrorImageResult result = new EntryResult(context, _settings, _options.Shard)
            .Create(state, verdict, Stopwatch.GetElapsedTime(started));
        VerdictLog.Write(context, result);
        return result;
    }

    private EntryState Resolve(EntryState state, RequestContext context)
    {
        if (state.Entry.Image is not { } image) throw state.Entry.Error!;
        (ImageReference from, ImageReference to) = image.Resolve(_options.Mirror);
        PlatformSelection platforms =
            image.Platform is { } platform ? PlatformSelection.Of(platform) : _options.Platforms;
        context.Log(LogLevel.Debug, () => $"comparing [{from}] with [{to}], platforms [{platforms}]");
        if (from == to)
        {
            context.Log(
                LogLevel.Warning,
                () => $"source and destination are the same image [{from}]: nothing is proven of a mirror");
        }

        return state with { From = from, To = to, Platforms = platforms };
    }

    private async Task<EntryState> CompareAsync(
        EntryState state, RequestContext context, CancellationToken cancellationToken)
    {
        if (state is not { Verdict: null, Source: { } from, Destination: { } to }) return state;
        Finding? difference = ManifestComparer.Compare(from, to, _options);
        state = state.WithDifferences(_differences.Find(from, to, difference?.Reason ?? ValidationReason.None));
        if (difference is not null) return state.With(difference);

        bool platformIsOpen = from.IsSingle && !from.IsArtifact && _options.Comparison != ComparisonMode.Digest;
        Finding? platform = platformIsOpen ? ManifestComparer.CompareSinglePlatform(from, to) : null;
        // An image of another platform fails in any case; it is only checked for existence, which comes first.
        ValidationDepth depth = platform is not null && _options.Depth > ValidationDepth.Manifest
            ? ValidationDepth.Manifest
            : _options.Depth;
        DepthOutcome outcome = await _depth.RunAsync(from, to, depth, context, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<Finding> findings = SparseList.Explain(outcome.Findings, to);
        return platform is null
            ? (state with { Proof = outcome.Proof }).With(findings)
            : state.With(findings).With(platform);
    }

    // Referrers are only looked for where the image itself is right; pinned tags always.
    private async Task<EntryState> CompleteAsync(
        EntryState state, RequestContext context, CancellationToken cancellationToken)
    {
        if (state is { Source: { } from, Destination: { } to })
        {
            if (state.Verdict is not null)
            {
                state = state.With(_completeness.FindUnlisted(from, to));
            }
            else if (_completeness.IsWanted)
            {
                state = state.With(
                    await _completeness.RunAsync(from, to, context, cancellationToken).ConfigureAwait(false));
            }
        }

        if (state.IsError) return state;
        state = state.With(
            await _pins.RunAsync(state.From!, state.To!, context, cancellationToken).ConfigureAwait(false));
        if (!_options.Explain || state.Verdict?.Status != ValidationStatus.Failed) return state;
        return state with
        {
            Differences = await _explainer.ExplainAsync(state, context, cancellationToken).ConfigureAwait(false),
        };
    }
}
