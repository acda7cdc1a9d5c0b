namespace MirrorValidate.PowerShell.Running;

/// <summary>
/// The summary of a run: the message of its last information record, tagged <see cref="InformationTag"/>.
/// </summary>
/// <param name="Passed">The number of entries that passed.</param>
/// <param name="Failed">The number of entries that failed.</param>
/// <param name="Errors">The number of entries that could not be compared.</param>
/// <param name="UnreadLists">What is wrong with each list that was missing or could not be read to the end.</param>
/// <param name="Duration">The time that the run took.</param>
/// <param name="FailedListPath">The failed list; <see langword="null"/> if none was written.</param>
/// <param name="PassedBefore">
/// The number of entries that passed in an earlier run that was resumed, and were not validated again.
/// </param>
public sealed record RunSummary(
    int Passed,
    int Failed,
    int Errors,
    IReadOnlyList<string> UnreadLists,
    TimeSpan Duration,
    string? FailedListPath,
    int PassedBefore = 0)
{
    /// <summary>The tag of the information record.</summary>
    public const string InformationTag = "MirrorValidate.Summary";

    /// <summary>Whether there were entries, all of them passed, and every list was read.</summary>
    internal bool AllPassed => Passed + PassedBefore > 0 && Failed + Errors + UnreadLists.Count == 0;

    /// <summary>
    /// The summary as a sentence: <c>12 passed, 2 failed, 1 error, 1 list not read in 3.2 s; failed list: PATH</c>.
    /// </summary>
    public override string ToString()
    {
        string counts = FormatCounts(Passed, Failed, Errors);
        if (PassedBefore > 0) counts += Text.Format(SR.PassedBefore, PassedBefore);
        int unread = UnreadLists.Count;
        if (unread > 0) counts += unread == 1 ? SR.OneListNotRead : Text.Format(SR.SeveralListsNotRead, unread);
        string summary = Text.Format(SR.Summary, counts, Duration.TotalSeconds);
        return FailedListPath is null ? summary : Text.Format(SR.SummaryWithList, summary, FailedListPath);
    }

    /// <summary>The counts as a phrase: <c>12 passed, 2 failed, 1 error</c>.</summary>
    internal static string FormatCounts(int passed, int failed, int errors) =>
        Text.Format(SR.Counts, passed, failed, errors == 1 ? SR.OneError : Text.Format(SR.SeveralErrors, errors));
}
