using System.Globalization;
using MirrorValidate.Reports.Changes;
using MirrorValidate.Validation;

namespace MirrorValidate.Reports.Html;

/// <summary>A name and a value.</summary>
internal sealed record Fact(string Name, string Value, bool IsCode = false);

/// <summary>A status to filter by.</summary>
internal sealed record Option(string Value, string Count)
{
    internal static IReadOnlyList<Option> Of(ReportTally tally) =>
    [
        .. new[]
        {
            (Status: ValidationStatus.Failed, Count: tally.Failed),
            (Status: ValidationStatus.Error, Count: tally.Errors),
            (Status: ValidationStatus.Passed, Count: tally.Passed),
        }.Where(one => one.Count > 0).Select(one => new Option(one.Status.ToString(), ReportWords.Number(one.Count))),
    ];
}

/// <summary>A part of the bar of statuses, in thousandths of its width.</summary>
internal sealed record BarPart(string Kind, string Pattern, string X, string Width)
{
    private const int Whole = 1000;

    internal static IReadOnlyList<BarPart> Of(ReportTally tally)
    {
        // The patterns tell the parts apart where colours do not.
        var parts = new List<BarPart>();
        double x = 0;
        (string Kind, string Pattern, int Count)[] all =
            [("passed", "", tally.Passed), ("failed", "hatch", tally.Failed), ("error", "dots", tally.Errors)];
        foreach ((string kind, string pattern, int count) in all.Where(one => one.Count > 0))
        {
            // A single failure among thousands must be seen.
            double width = Math.Max((double)count * Whole / tally.Total, 4);
            parts.Add(new BarPart(kind, pattern, Number(Math.Min(x, Whole - width)), Number(width)));
            x += width;
        }

        return parts;
    }

    private static string Number(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}

/// <summary>A reason and how often it was given.</summary>
internal sealed record CountModel(string Name, string Kind, string Sign, string Count, string Width)
{
    internal static IReadOnlyList<CountModel> Of(ReportTally tally)
    {
        ReportTally.ReasonCount[] reasons = [.. tally.Reasons];
        return
        [
            .. reasons.Select(one => new CountModel(
                one.Reason,
                RowModel.KindOf(one.Status),
                RowModel.SignOf(one.Status),
                ReportWords.Number(one.Count),
                PageModel.Share(one.Count, reasons[0].Count))),
        ];
    }
}

/// <summary>A repository with images that did not pass.</summary>
internal sealed record RepositoryModel(
    string Name, string Failed, string Errors, string FailedWidth, string ErrorWidth)
{
    internal static RepositoryModel Of(ReportTally.RepositoryCount count, int maximum) => new(
        count.Name,
        ReportWords.Number(count.Failed),
        ReportWords.Number(count.Errors),
        PageModel.Share(count.Failed, maximum),
        PageModel.Share(count.Errors, maximum));
}

/// <summary>The entries with one kind of change.</summary>
internal sealed record ChangeModel(
    string Text,
    string Name,
    string Count,
    bool IsOpen,
    bool InTable,
    IReadOnlyList<ChangedOutcome> Entries,
    string More)
{
    private const int MaximumEntries = 200;

    internal static ChangeModel Of(Report report, MirrorChangeKind kind)
    {
        int count = report.Count(kind);
        string name = ReportWords.Of(kind);
        return new ChangeModel(
            name,
            char.ToUpperInvariant(name[0]) + name[1..],
            ReportWords.Number(count),
            kind == MirrorChangeKind.NewlyFailed && count > 0,
            kind != MirrorChangeKind.Gone && count > 0,
            [.. report.Read(kind).Take(MaximumEntries).Select(ChangedOutcome.Of)],
            count > MaximumEntries ? ReportWords.Number(count - MaximumEntries) : "");
    }
}
