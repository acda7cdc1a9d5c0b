namespace MirrorValidate.PowerShell.Pipeline;

/// <summary>The counts that a progress bar shows.</summary>
internal interface IProgressCounts
{
    /// <summary>The number of items that are done.</summary>
    int Total { get; }

    /// <summary>The status that the bar shows.</summary>
    /// <param name="done">The number of items that are done, and of all if it is known.</param>
    /// <param name="rate">The number of items per second.</param>
    string Describe(string done, double rate) => Text.Format(SR.ProgressStatus, done, this, rate);

    /// <summary>The counts by outcome, as a phrase: <c>12 passed, 2 failed, 1 error</c>.</summary>
    string ToString();
}
