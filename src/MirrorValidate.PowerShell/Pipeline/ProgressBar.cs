using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace MirrorValidate.PowerShell.Pipeline;

/// <summary>A progress bar: shown at once, updated at most five times a second, removed at the end.</summary>
internal sealed class ProgressBar : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan NoteInterval = TimeSpan.FromSeconds(1);

    // Hosts identify a bar by its source and activity. Runs at the same time need different sources.
    private readonly long _source = Random.Shared.NextInt64(1L << 32, long.MaxValue);
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly ICommandRuntime _streams;
    private readonly PSHostUserInterface? _ui;
    private readonly string _activity;
    private readonly IProgressCounts _counts;
    private readonly Func<string>? _note;
    private long _lastUpdate;
    private int _lastCount = -1;
    private string _lastNote = "";
    private int? _total;
    private bool _isEnabled;

    /// <param name="streams">The streams of the cmdlet.</param>
    /// <param name="activity">What is being done: the title of the bar.</param>
    /// <param name="counts">How far it is.</param>
    /// <param name="note">What else is to be shown, which may change by itself; empty for nothing.</param>
    internal ProgressBar(
        ICommandRuntime streams, string activity, IProgressCounts counts, Func<string>? note = null)
    {
        _streams = streams;
        _ui = streams.Host?.UI;
        _activity = activity;
        _counts = counts;
        _note = note;
    }

    private bool IsShown => _lastCount >= 0;

    /// <summary>Shows the bar. A second call does nothing.</summary>
    /// <param name="total">The number of items to come; <see langword="null"/> where it is not known.</param>
    internal void Show(int? total)
    {
        if (_isEnabled) return;
        _isEnabled = true;
        _total = total;
        Update();
    }

    /// <summary>Updates the bar, if something has changed and the last update is long enough ago.</summary>
    /// <returns>
    /// The time until the next update may be shown; <see cref="Timeout.InfiniteTimeSpan"/> if there is none to show.
    /// </returns>
    internal TimeSpan Update()
    {
        if (!_isEnabled) return Timeout.InfiniteTimeSpan;
        bool hasCounted = _counts.Total != _lastCount;
        if (!hasCounted && _note is null) return Timeout.InfiniteTimeSpan;
        TimeSpan left = IsShown ? Interval - Stopwatch.GetElapsedTime(_lastUpdate) : TimeSpan.Zero;
        if (left > TimeSpan.Zero) return left < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : left;
        string note = _note?.Invoke() ?? "";
        if (!hasCounted && note == _lastNote) return NoteInterval;
        _lastUpdate = Stopwatch.GetTimestamp();
        _lastCount = _counts.Total;
        _lastNote = note;
        _streams.WriteProgress(_source, CreateRecord());
        return _note is null ? Timeout.InfiniteTimeSpan : NoteInterval;
    }

    /// <summary>Removes the bar.</summary>
    internal void Complete()
    {
        if (!IsShown) return;
        _lastCount = -1;
        _isEnabled = false;
        _streams.WriteProgress(_source, CreateCompletedRecord());
    }

    /// <summary>
    /// Removes the bar after the pipeline was stopped: its streams are closed then, but the host still takes records.
    /// </summary>
    public void Dispose()
    {
        if (!IsShown) return;
        _lastCount = -1;
        _isEnabled = false;
        _ui?.WriteProgress(_source, CreateCompletedRecord());
    }

    private ProgressRecord CreateRecord()
    {
        int count = _counts.Total;
        double seconds = Stopwatch.GetElapsedTime(_started).TotalSeconds;
        double rate = seconds > 0 ? count / seconds : 0;
        string done = _total is { } total ? Text.Format(SR.ProgressOfTotal, count, total) : $"{count}";
        string status = _counts.Describe(done, rate);
        if (_lastNote.Length > 0) status = $"{status}; {_lastNote}";
        return new ProgressRecord(0, _activity, status)
        {
            PercentComplete = _total is > 0 and { } all ? (int)Math.Min(100, 100L * count / all) : -1,
            SecondsRemaining = _total is { } end && rate > 0
                ? (int)Math.Min(int.MaxValue, Math.Max(0, end - count) / rate)
                : -1,
        };
    }

    private ProgressRecord CreateCompletedRecord() =>
        new(0, _activity, _activity) { RecordType = ProgressRecordType.Completed };
}
