namespace MirrorValidate.Reports;

/// <summary>What a report says of the mirror as a whole.</summary>
internal enum ReportVerdict
{
    /// <summary>Every entry passed, and every list was read.</summary>
    Passed,

    /// <summary>At least one entry failed.</summary>
    Failed,

    /// <summary>No entry failed, but an entry could not be compared, or a list could not be read.</summary>
    NotProven,

    /// <summary>There was no entry.</summary>
    NothingTested,
}
