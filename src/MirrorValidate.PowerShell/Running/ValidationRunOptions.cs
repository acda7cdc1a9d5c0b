namespace MirrorValidate.PowerShell.Running;

/// <summary>How a run validates and what it writes.</summary>
internal sealed record ValidationRunOptions
{
    /// <summary>The number of entries that are validated at once.</summary>
    internal required int ThrottleLimit { get; init; }

    /// <summary>Whether results are written in list order instead of completion order.</summary>
    internal required bool PreserveOrder { get; init; }

    /// <summary>What progress shows besides the counts.</summary>
    internal required Func<string> ProgressNote { get; init; }

    /// <summary>Whether results are not written, only errors.</summary>
    internal required bool Quiet { get; init; }
}
