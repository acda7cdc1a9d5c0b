namespace MirrorValidate.Reports.Changes;

/// <summary>What was said of an entry then and now.</summary>
internal sealed record ChangedOutcome(string Name, string Before, string After)
{
    private const string Untested = "not tested";

    internal static ChangedOutcome Of(ReportEntry entry) => new(
        ReportWords.NameOf(entry.Result),
        entry.Change == MirrorChangeKind.Gone ? ReportWords.Of(entry.Result)
            : entry.Before is null ? Untested : ReportWords.Of(entry.Before),
        entry.Change == MirrorChangeKind.Gone ? Untested : ReportWords.Of(entry.Result));
}
