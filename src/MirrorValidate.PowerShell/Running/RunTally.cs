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

    public int Total => _passed + _failed + _errors;

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
        new(_passed, _failed, _errors, unreadLists, Stopwatch.GetElapsedTime(_started), failedListPath);

    public override string ToString() => RunSummary.FormatCounts(_passed, _failed, _errors);
}
