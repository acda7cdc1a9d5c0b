namespace MirrorValidate.PowerShell.Running;

/// <summary>What became of a run: the message of its last information record, tagged <see cref="InformationTag"/>.</summary>
/// <param name="Passed">How many entries passed.</param>
/// <param name="Failed">How many failed.</param>
/// <param name="Errors">How many could not be compared.</param>
/// <param name="Duration">How long the run took.</param>
/// <param name="FailedListPath">The list of those that did not pass; <see langword="null"/> where none was written.</param>
public sealed record RunSummary(int Passed, int Failed, int Errors, TimeSpan Duration, string? FailedListPath)
{
    /// <summary>The tag of the information record.</summary>
    public const string InformationTag = "MirrorValidate.Summary";

    /// <summary>The summary as a sentence: <c>12 passed, 2 failed, 1 error in 3.2 s; failed list: PATH</c>.</summary>
    public override string ToString()
    {
        string counts = Text.Format(SR.Summary, Passed, Failed, CountErrors(Errors), Duration.TotalSeconds);
        return FailedListPath is null ? counts : Text.Format(SR.SummaryWithList, counts, FailedListPath);
    }

    internal static string CountErrors(int errors) => errors == 1 ? SR.OneError : Text.Format(SR.SeveralErrors, errors);
}
