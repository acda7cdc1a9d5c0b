using System.Diagnostics;
using MirrorValidate.PowerShell.Pipeline;
using MirrorValidate.Validation;

namespace MirrorValidate.PowerShell.Running;

/// <summary>Counts the results of a run by status, and measures its time.</summary>
internal sealed class RunTally : IProgressCounts
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private int _passed;
    private int _failed;
    private int _errors;
    private int _passedBefore;

    public int Total => _passed + _failed + _errors + _passedBefore;

    /// <summary>Counts an entry that passed in an earlier run.</summary>
    internal void AddPassedBefore() => _passedBefore++;

    internal void Add(MirrorImageResult result)
    {
        switch (result.Status)
        {
            case nameof(ValidationStatus.Passed):
                _passed++;
                break;
            case nameof(ValidationStatus.Failed):
                _failed++;
                break;
            default:
                _errors++;
                break;
        }
    }

    /// <summary>The summary of the results so far.</summary>
    /// <param name="unreadLists">What is wrong with each list that was not read.</param>
    /// <param name="failedListPath">The failed list, if one was written.</param>
    internal RunSummary Summarize(IReadOnlyList<string> unreadLists, string? failedListPath) =>
        new(_passed, _failed, _errors, unreadLists, Stopwatch.GetElapsedTime(_started), failedListPath, _passedBefore);

    public override string ToString() => RunSummary.FormatCounts(_passed + _passedBefore, _failed, _errors);
}
