using System.Diagnostics;
using MirrorValidate.Validation;

namespace MirrorValidate.PowerShell.Running;

/// <summary>Counts the results of a run by status.</summary>
internal sealed class RunTally
{
    private readonly long _started = Stopwatch.GetTimestamp();

    internal int Passed { get; private set; }

    internal int Failed { get; private set; }

    internal int Errors { get; private set; }

    internal int Total => Passed + Failed + Errors;

    /// <summary>The number of errors with its noun.</summary>
    internal string ErrorsText => RunSummary.CountErrors(Errors);

    /// <summary>The time since the run began.</summary>
    internal TimeSpan Elapsed => Stopwatch.GetElapsedTime(_started);

    /// <summary>Whether something was compared and all of it is right. Of nothing that cannot be said.</summary>
    internal bool AllPassed => Total > 0 && Passed == Total;

    internal void Add(MirrorImageResult result)
    {
        switch (result.Status)
        {
            case nameof(ValidationStatus.Passed):
                Passed++;
                break;
            case nameof(ValidationStatus.Failed):
                Failed++;
                break;
            default:
                Errors++;
                break;
        }
    }
}
