using MirrorValidate.ImageLists;
using MirrorValidate.Logging;
using MirrorValidate.PowerShell.Errors;
using MirrorValidate.PowerShell.Files;
using MirrorValidate.PowerShell.Pipeline;
using MirrorValidate.Validation;

namespace MirrorValidate.PowerShell.Running;

/// <summary>
/// Validates the entries of image lists, several at once. Writes the results to the pipeline and the result file, and
/// the entries that did not pass to the failed list.
/// </summary>
internal sealed class ValidationRun : IDisposable
{
    private readonly PipelineThread _pipeline;
    private readonly MirrorValidator _validator;
    private readonly FailedListWriter? _failedList;
    private readonly ResultLog? _results;
    private readonly bool _isQuiet;
    private readonly RunTally _tally = new();
    private readonly ProgressBar _progress;
    private readonly WorkPump<MirrorImageResult> _pump;
    private readonly ResultOrder _order;

    // The entries whose results are not written yet, by id.
    private readonly Dictionary<int, ImageListEntry> _entries = [];

    /// <param name="pipeline">Where results are written.</param>
    /// <param name="validator">Validates an entry.</param>
    /// <param name="failedList">The failed list; <see langword="null"/> for none.</param>
    /// <param name="results">The result file; <see langword="null"/> for none.</param>
    /// <param name="options">How to validate and what to write.</param>
    internal ValidationRun(
        PipelineThread pipeline,
        MirrorValidator validator,
        FailedListWriter? failedList,
        ResultLog? results,
        ValidationRunOptions options)
    {
        _pipeline = pipeline;
        _validator = validator;
        _failedList = failedList;
        _results = results;
        _isQuiet = options.Quiet;
        _progress = new ProgressBar(pipeline.Streams, SR.ProgressActivity, _tally, options.ProgressNote);
        _pump = new WorkPump<MirrorImageResult>(pipeline, options.ThrottleLimit, _progress);
        _order = new ResultOrder(options.PreserveOrder, options.ThrottleLimit);
    }

    /// <summary>Whether the pipeline has stopped and no more entries are validated.</summary>
    internal bool IsStopped => _pipeline.IsStopped;

    /// <summary>Shows progress from now on.</summary>
    /// <param name="total">The number of entries to come; <see langword="null"/> where it is not known.</param>
    internal void ShowProgress(int? total) => _progress.Show(total);

    /// <summary>
    /// Starts an entry, and writes results until another may start. One that passed in the run that is resumed is only
    /// counted.
    /// </summary>
    internal void Validate(ImageListEntry entry)
    {
        if (_results?.HasPassed(entry) == true)
        {
            _tally.AddPassedBefore();
            return;
        }

        while (_order.IsFull && !IsStopped) Write(_pump.ReadNext());
        if (IsStopped) return;
        _entries.Add(entry.Id, entry);
        _order.Started(entry.Id);
        Write(_pump.Start(token => ValidateAsync(entry, token)));
    }

    /// <summary>Waits for all results and completes the files.</summary>
    /// <param name="log">Takes the summary.</param>
    /// <param name="unreadLists">What is wrong with each list that was not read.</param>
    /// <returns>The summary; <see langword="null"/> if the pipeline was stopped.</returns>
    internal RunSummary? Complete(ILogSink log, IReadOnlyList<string> unreadLists)
    {
        Write(_pump.ReadAll());
        if (IsStopped) return null;
        _progress.Complete();
        _results?.Complete(unreadLists);
        _failedList?.Complete(anyResults: _tally.Total > 0);
        RunSummary summary = _tally.Summarize(unreadLists, _failedList?.WrittenPath);
        if (log.IsEnabled(LogLevel.Information))
            log.Write(new LogEvent(DateTimeOffset.Now, LogLevel.Information, EntryId: null, summary.ToString()));
        Write(_pump.ReadAll());
        return summary;
    }

    public void Dispose() => _progress.Dispose();

    // The result is on disk as soon as it is known, even if the pipeline is busy with an earlier one.
    private async Task<MirrorImageResult> ValidateAsync(ImageListEntry entry, CancellationToken cancellationToken)
    {
        MirrorImageResult result = await _validator.ValidateAsync(entry, cancellationToken).ConfigureAwait(false);
        try
        {
            _results?.AddFromAnyThread(result);
        }
        catch (IOException e)
        {
            _pipeline.Post(_ => _results!.Fail(e));
        }

        return result;
    }

    // The failed list gets an entry at once, even if its result must wait for its turn.
    private void Write(IEnumerable<MirrorImageResult> results)
    {
        foreach (MirrorImageResult result in results)
        {
            _tally.Add(result);
            if (result.Status != nameof(ValidationStatus.Passed)) _failedList?.Add(result);
            foreach (MirrorImageResult next in _order.Add(result)) Write(next);
        }
    }

    private void Write(MirrorImageResult result)
    {
        _entries.Remove(result.Id, out ImageListEntry? entry);
        // The result comes first, so that it is not lost if the error stops the pipeline.
        if (!_isQuiet) _pipeline.Streams.WriteObject(result);
        if (result.Status == nameof(ValidationStatus.Error))
            _pipeline.Streams.WriteError(CommandErrors.OfResult(result, (object?)entry?.Image ?? result.Line));
    }
}
