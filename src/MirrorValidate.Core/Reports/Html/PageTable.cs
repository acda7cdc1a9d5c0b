using MirrorValidate.Validation;

namespace MirrorValidate.Reports.Html;

/// <summary>
/// Which images are in the table, those that did not pass first, and which are in the block of text below it.
/// </summary>
/// <param name="report">The report.</param>
/// <param name="maximum">How many images the table may have.</param>
internal sealed class PageTable(Report report, int maximum)
{
    private readonly ReportTally _tally = report.Tally;

    /// <summary>Whether the images that passed are left out of the table.</summary>
    private bool FoldsPassed => _tally.Total > maximum;

    private int RowCount => FoldsPassed ? Math.Min(_tally.Failed + _tally.Errors, maximum) : _tally.Total;

    internal int FoldedCount => _tally.Total - RowCount;

    /// <summary>Why images are not in the table.</summary>
    internal string FoldedText => _tally.Failed + _tally.Errors <= maximum
        ? $"So that the page stays quick, the {ReportWords.Number(FoldedCount)} that passed are not in the table."
        : $"So that the page stays quick, the table has the first {ReportWords.Number(maximum)} that did not pass.";

    internal IEnumerable<RowModel> Rows() => All().Take(RowCount).Select(entry => RowModel.Of(entry, report));

    /// <summary>The images that are not in the table, as lines of text.</summary>
    internal IEnumerable<string> FoldedLines() => All().Skip(RowCount).Select(entry => LineOf(entry.Result));

    private IEnumerable<ReportEntry> All() =>
        new[] { ValidationStatus.Failed, ValidationStatus.Error, ValidationStatus.Passed }.SelectMany(report.Read);

    private static string LineOf(MirrorImageResult result) => string.Join(
        "  ",
        new[]
        {
            result.Status,
            result.Status == nameof(ValidationStatus.Passed) ? "" : result.Reason,
            ReportWords.NameOf(result),
            result.Destination,
            result.DestinationDigest,
        }.Where(part => part.Length > 0));
}
