using System.Management.Automation;
using MirrorValidate.ImageLists;
using MirrorValidate.Logging;
using MirrorValidate.PowerShell.Errors;
using MirrorValidate.PowerShell.Files;
using MirrorValidate.PowerShell.Pipeline;
using MirrorValidate.Validation;

namespace MirrorValidate.PowerShell.Running;

/// <summary>A run over a list: entries go in, and what becomes of them goes to the pipeline and to the failed list.</summary>
/// <param name="cmdlet">The cmdlet that writes.</param>
/// <param name="pump">Does the work.</param>
/// <param name="validator">Validates an entry.</param>
/// <param name="sequence">The order in which results leave.</param>
/// <param name="failedList">Keeps what did not pass, where that is wanted.</param>
/// <param name="log">Where log lines go.</param>
/// <param name="isQuiet">Whether one Boolean for the run replaces the results.</param>
internal sealed class ValidationRun(
    PSCmdlet cmdlet,
    WorkPump<MirrorImageResult> pump,
    MirrorValidator validator,
    ResultSequence sequence,
    FailedListWriter? failedList,
    ILogSink log,
    bool isQuiet) : IDisposable
{
    private readonly Dictionary<int, ImageListEntry> _underWay = [];
    private readonly RunTally _tally = new();
    private RunProgress? _progress;

    /// <summary>Whether nothing more is to be done.</summary>
    internal bool IsStopped => pump.IsStopped;

    /// <summary>Tells what the user should know before it begins.</summary>
    internal void Announce() => failedList?.Announce();

    /// <summary>Shows progress from now on.</summary>
    /// <param name="count">Counts the entries to come; <see langword="null"/> where that is not known.</param>
    internal void ShowProgress(Func<int?> count)
    {
        if (_progress is not null) return;
        _progress = new RunProgress(cmdlet, _tally);
        _progress.Expect(count);
        _progress.Update();
    }

    /// <summary>Renews what is shown; see <see cref="WorkPump{T}"/>.</summary>
    internal TimeSpan Tick() => _progress?.Update() ?? Timeout.InfiniteTimeSpan;

    /// <summary>Notes a file that entries are read from.</summary>
    internal void NoteInput(string path) => failedList?.NoteInput(path);

    /// <summary>Where a list file is now; the failed list may have had to move one out of its way.</summary>
    internal string Locate(string path) => failedList?.Locate(path) ?? path;

    /// <summary>Starts an entry, once there is a place for it.</summary>
    internal void Validate(ImageListEntry entry)
    {
        while (sequence.IsFull && !pump.IsStopped) pump.WriteNext();
        if (pump.IsStopped) return;
        _underWay[entry.Id] = entry;
        sequence.Started(entry.Id);
        pump.Start(token => validator.ValidateAsync(entry, token));
    }

    /// <summary>Waits for what is under way.</summary>
    internal void Drain() => pump.Drain();

    /// <summary>Ends the run.</summary>
    /// <param name="readAll">Whether all lists could be read; what was not read did not pass.</param>
    internal void Complete(bool readAll)
    {
        pump.Drain();
        if (pump.IsStopped) return;
        _progress?.Complete();
        failedList?.Complete(anyResults: _tally.Total > 0);
        if (isQuiet) cmdlet.WriteObject(readAll && _tally.AllPassed);
        var summary = new RunSummary(_tally.Passed, _tally.Failed, _tally.Errors, _tally.Elapsed, failedList?.WrittenPath);
        if (log.IsEnabled(LogLevel.Information)) log.Write(new LogEvent(DateTimeOffset.Now, LogLevel.Information, EntryId: null, summary.ToString()));
        pump.Drain();
        cmdlet.WriteInformation(summary, [RunSummary.InformationTag]);
    }

    /// <summary>Takes a result. What did not pass is noted at once; the result leaves when its turn comes.</summary>
    internal void Write(MirrorImageResult result)
    {
        _tally.Add(result);
        if (result.Status != nameof(ValidationStatus.Passed)) failedList?.Add(result);
        foreach (MirrorImageResult next in sequence.Add(result)) WriteNext(next);
    }

    public void Dispose()
    {
        _progress?.Dispose();
        failedList?.Dispose();
    }

    private void WriteNext(MirrorImageResult result)
    {
        _underWay.Remove(result.Id, out ImageListEntry? entry);
        // The result first: where errors stop the run, it is not lost.
        if (!isQuiet) cmdlet.WriteObject(result);
        if (result.Status == nameof(ValidationStatus.Error))
            cmdlet.WriteError(CommandErrors.OfResult(result, (object?)entry?.Image ?? result.Line));
    }
}
