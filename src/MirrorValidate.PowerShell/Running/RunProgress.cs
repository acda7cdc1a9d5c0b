using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Host;
using MirrorValidate.PowerShell.Settings;

namespace MirrorValidate.PowerShell.Running;

/// <summary>The progress bar of a run: shown at once, renewed at most five times a second, and taken away at the end.</summary>
internal sealed class RunProgress : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    // Hosts know a bar by its source and its activity; another run at the same time is another source.
    private readonly long _source = Random.Shared.NextInt64(1L << 32, long.MaxValue);
    private readonly PSCmdlet _cmdlet;
    private readonly RunTally _tally;
    private readonly PSHostUserInterface? _ui;
    private readonly bool _isWanted;
    private long _lastUpdate;
    private int _lastCount = -1;

    internal RunProgress(PSCmdlet cmdlet, RunTally tally)
    {
        _cmdlet = cmdlet;
        _tally = tally;
        _isWanted = cmdlet.IsStreamShown("Progress", "ProgressAction");
        _ui = cmdlet.Host?.UI;
    }

    /// <summary>How many entries there are; <see langword="null"/> where that is not known, or nobody would see it.</summary>
    internal int? Total { get; private set; }

    /// <summary>Whether there is a bar now.</summary>
    private bool IsShown => _lastCount >= 0;

    /// <summary>Sets the total, which is asked for only where it will be shown.</summary>
    internal void Expect(Func<int?> count)
    {
        if (_isWanted) Total = count();
    }

    /// <summary>Shows how far the run is, where that has changed and the last time was long enough ago.</summary>
    /// <returns>How long to wait until what has changed may be shown; infinite where nothing has.</returns>
    internal TimeSpan Update()
    {
        if (!_isWanted || _tally.Total == _lastCount) return Timeout.InfiniteTimeSpan;
        TimeSpan left = IsShown ? Interval - Stopwatch.GetElapsedTime(_lastUpdate) : TimeSpan.Zero;
        if (left > TimeSpan.Zero) return left < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : left;
        _lastUpdate = Stopwatch.GetTimestamp();
        _lastCount = _tally.Total;
        _cmdlet.CommandRuntime.WriteProgress(_source, Record());
        return Timeout.InfiniteTimeSpan;
    }

    /// <summary>Takes the bar away.</summary>
    internal void Complete()
    {
        if (!IsShown) return;
        _lastCount = -1;
        _cmdlet.CommandRuntime.WriteProgress(_source, CompletedRecord());
    }

    /// <summary>Takes the bar away where the pipeline was cut short: its streams are closed by then, but the host still listens.</summary>
    public void Dispose()
    {
        if (!IsShown) return;
        _lastCount = -1;
        _ui?.WriteProgress(_source, CompletedRecord());
    }

    private ProgressRecord Record()
    {
        double seconds = _tally.Elapsed.TotalSeconds;
        double rate = seconds > 0 ? _tally.Total / seconds : 0;
        string done = Total is { } total ? Text.Format(SR.ProgressOfTotal, _tally.Total, total) : $"{_tally.Total}";
        return new ProgressRecord(
            0, SR.ProgressActivity, Text.Format(SR.ProgressStatus, done, _tally.Passed, _tally.Failed, _tally.ErrorsText, rate))
        {
            PercentComplete = Total is > 0 and { } all ? (int)Math.Min(100, 100L * _tally.Total / all) : -1,
            SecondsRemaining = Total is { } end && rate > 0 ? (int)Math.Min(int.MaxValue, Math.Max(0, end - _tally.Total) / rate) : -1,
        };
    }

    private static ProgressRecord CompletedRecord() =>
        new(0, SR.ProgressActivity, SR.ProgressActivity) { RecordType = ProgressRecordType.Completed };
}
