namespace MirrorValidate.PowerShell.Pipeline;

/// <summary>The counts that a progress bar shows.</summary>
internal interface IProgressCounts
{
    /// <summary>The number of items that are done.</summary>
    int Total { get; }

    /// <summary>The counts by outcome, as a phrase: <c>12 passed, 2 failed, 1 error</c>.</summary>
    string ToString();
}
