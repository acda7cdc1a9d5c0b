using System.Globalization;
using MirrorValidate.Validation;

namespace MirrorValidate.Reports.Html;

/// <summary>The values of the page. Handlebars reads the members by name.</summary>
internal sealed record PageModel
{
    /// <summary>
    /// So many images are in the table. If there are more, those that passed are left out, and then the last of the
    /// others; all that is left out is in a block of text.
    /// </summary>
    internal const int MaximumRows = 10_000;

    private const int MaximumRepositories = 20;
    private const int LargeTable = 500;

    private PageModel()
    {
    }

    public required string Title { get; init; }

    public required string Verdict { get; init; }

    public required string Sign { get; init; }

    public required string Headline { get; init; }

    public required string Outcome { get; init; }

    public required string Passed { get; init; }

    public required string Failed { get; init; }

    public required string Errors { get; init; }

    public required bool HasErrors { get; init; }

    public required string Total { get; init; }

    public required IReadOnlyList<BarPart> Bar { get; init; }

    public required IReadOnlyList<Fact> Facts { get; init; }

    public required IReadOnlyList<string> UnreadLists { get; init; }

    public required bool HasBaseline { get; init; }

    public required IReadOnlyList<ChangeModel> Changes { get; init; }

    public required IReadOnlyList<CountModel> Reasons { get; init; }

    public required IReadOnlyList<RepositoryModel> Repositories { get; init; }

    public required string MoreRepositories { get; init; }

    public required IReadOnlyList<Option> Statuses { get; init; }

    public required IReadOnlyList<string> Registries { get; init; }

    public required bool HasRows { get; init; }

    /// <summary>Whether the browser lays out only the rows that are in sight.</summary>
    public required bool IsLarge { get; init; }

    /// <summary>The rows, made one by one.</summary>
    public required IEnumerable<RowModel> Rows { get; init; }

    /// <summary>What is not in the table, made line by line; <see langword="null"/> for nothing.</summary>
    public required IEnumerable<string>? Folded { get; init; }

    public required string FoldedCount { get; init; }

    public required string FoldedText { get; init; }

    public required string Created { get; init; }

    public string Version { get; } = ValidationSettings.ModuleVersion;

    public string Style { get; } = PageTemplates.Read("report.css");

    public string Script { get; } = PageTemplates.Read("report.js");

    public string StyleHash => PageTemplates.HashOf(Style);

    public string ScriptHash => PageTemplates.HashOf(Script);

    internal static PageModel Of(Report report)
    {
        ReportTally tally = report.Tally;
        ReportTally.RepositoryCount[] repositories = [.. tally.Repositories];
        var table = new PageTable(report, MaximumRows);
        return new PageModel
        {
            Title = report.Title,
            Verdict = report.Verdict switch
            {
                ReportVerdict.Passed => "passed",
                ReportVerdict.Failed => "failed",
                _ => "unknown",
            },
            Sign = report.Verdict switch
            {
                ReportVerdict.Passed => "✓",
                ReportVerdict.Failed => "✗",
                _ => "?",
            },
            Headline = ReportWords.Headline(report.Verdict),
            Outcome = ReportWords.Outcome(report),
            Passed = ReportWords.Number(tally.Passed),
            Failed = ReportWords.Number(tally.Failed),
            Errors = ReportWords.Number(tally.Errors),
            HasErrors = tally.Errors > 0,
            Total = ReportWords.Number(tally.Total),
            Bar = BarPart.Of(tally),
            Facts = [.. ReportFacts.Of(report).Select(fact => new Fact(fact.Name, fact.Value))],
            UnreadLists = report.UnreadLists,
            HasBaseline = report.HasBaseline,
            Changes = report.HasBaseline
                ? [.. Enum.GetValues<MirrorChangeKind>().Select(kind => ChangeModel.Of(report, kind))]
                : [],
            Reasons = CountModel.Of(tally),
            Repositories = [.. repositories.Take(MaximumRepositories)
                .Select(one => RepositoryModel.Of(one, repositories[0].Failed + repositories[0].Errors))],
            MoreRepositories = repositories.Length > MaximumRepositories
                ? ReportWords.Number(repositories.Length - MaximumRepositories)
                : "",
            Statuses = Option.Of(tally),
            Registries = [.. tally.SourceRegistries.Union(tally.DestinationRegistries).Order(StringComparer.Ordinal)],
            HasRows = tally.Total > 0,
            IsLarge = tally.Total > LargeTable,
            Rows = table.Rows(),
            Folded = table.FoldedCount > 0 ? table.FoldedLines() : null,
            FoldedCount = ReportWords.Number(table.FoldedCount),
            FoldedText = table.FoldedText,
            Created = ReportWords.Time(report.Created),
        };
    }

    /// <summary>A part of a total as a width of 100, one at least so that it is seen.</summary>
    internal static string Share(int part, int total, int width = 100) => part == 0
        ? "0"
        : Math.Max((double)part * width / total, width / 100.0).ToString("0.##", CultureInfo.InvariantCulture);
}
