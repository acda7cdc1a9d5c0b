using System.Text;
using MirrorValidate.Reports.Changes;
using MirrorValidate.Validation;

namespace MirrorValidate.Reports.Formats;

/// <summary>
/// Writes a report as a summary in Markdown (CommonMark, with tables as GitHub and GitLab have them), what did not pass
/// first. What registries and lists say stands in code spans, where nothing is markup, and never in a table.
/// </summary>
internal static class MarkdownReport
{
    // A comment on GitHub takes 65,536 characters; job summaries and GitLab take more.
    private const int MaximumBytes = 60_000;
    private const int MaximumMessage = 300;
    private const int MaximumRepositories = 10;
    private const int MaximumCauses = 3;

    // The others are told with the entries that did not pass.
    private static readonly MirrorChangeKind[] _otherChanges =
        [MirrorChangeKind.Mended, MirrorChangeKind.Gone, MirrorChangeKind.New];

    private static readonly UTF8Encoding _encoding = new(encoderShouldEmitUTF8Identifier: false);

    internal static void Write(Report report, Stream stream)
    {
        using var writer = new StreamWriter(stream, _encoding, leaveOpen: true) { NewLine = "\n" };
        var text = new LimitedText(writer, MaximumBytes);
        WriteHead(report, text);
        WriteEntries(text, "Failed", report.Read(ValidationStatus.Failed), report.Tally.Failed, Lines);
        WriteEntries(text, "Not compared", report.Read(ValidationStatus.Error), report.Tally.Errors, Lines);
        foreach (MirrorChangeKind kind in _otherChanges)
        {
            WriteEntries(
                text, $"Since the baseline {ReportWords.Of(kind)}", report.Read(kind), report.Count(kind), ChangeLines);
        }
    }

    private static void WriteHead(Report report, LimitedText text)
    {
        ReportTally tally = report.Tally;
        text.Add($"# {MarkdownText.Sentence(report.Title)}", "");
        string headline = $"{Sign(report.Verdict)} {ReportWords.Headline(report.Verdict)}";
        text.Add($"**{headline}.** {ReportWords.Outcome(report)}", "");
        text.Add("| passed | failed | not compared | total |", "| ---: | ---: | ---: | ---: |");
        text.Add(
            $"| {ReportWords.Number(tally.Passed)} | {ReportWords.Number(tally.Failed)} "
            + $"| {ReportWords.Number(tally.Errors)} | {ReportWords.Number(tally.Total)} |", "");
        if (report.HasBaseline) text.Add($"Since the baseline: {Changes(report)}.", "");
        foreach ((string name, string value) in ReportFacts.Of(report))
            text.Add($"- {name}: {MarkdownText.Code(value)}");
        text.Add("");
        if (report.UnreadLists.Count > 0)
        {
            text.Add("## Lists that could not be read", "");
            foreach (string problem in report.UnreadLists) text.Add($"- {MarkdownText.Code(problem, MaximumMessage)}");
            text.Add("");
        }

        if (tally.Failed + tally.Errors > 0) WriteCounts(tally, text);
    }

    private static void WriteCounts(ReportTally tally, LimitedText text)
    {
        text.Add("## Reasons", "", "| reason | | images |", "| --- | --- | ---: |");
        foreach (ReportTally.ReasonCount reason in tally.Reasons)
            text.Add($"| {reason.Reason} | {reason.Status} | {ReportWords.Number(reason.Count)} |");
        text.Add("", "## Repositories", "");
        ReportTally.RepositoryCount[] repositories = [.. tally.Repositories];
        foreach (ReportTally.RepositoryCount one in repositories.Take(MaximumRepositories))
            text.Add($"- {MarkdownText.Code(one.Name)}: {ReportWords.Number(one.Failed + one.Errors)}");
        if (repositories.Length > MaximumRepositories)
            text.Add($"- and {ReportWords.Number(repositories.Length - MaximumRepositories)} more");
        text.Add("");
    }

    private static void WriteEntries(
        LimitedText text,
        string title,
        IEnumerable<ReportEntry> entries,
        int count,
        Func<ReportEntry, string[]> linesOf)
    {
        if (count == 0) return;
        text.Add($"## {title}: {ReportWords.Number(count)}", "");
        int written = 0;
        foreach (ReportEntry entry in entries)
        {
            if (!text.TryAdd(linesOf(entry))) break;
            written++;
        }

        if (written < count)
            text.Add($"- … and {ReportWords.Number(count - written)} more, for which there was no room");
        text.Add("");
    }

    private static string[] Lines(ReportEntry entry) => [.. LinesOf(entry)];

    private static string[] ChangeLines(ReportEntry entry)
    {
        ChangedOutcome outcome = ChangedOutcome.Of(entry);
        return [$"- {MarkdownText.Code(outcome.Name)}: {outcome.Before} → {outcome.After}"];
    }

    private static IEnumerable<string> LinesOf(ReportEntry entry)
    {
        MirrorImageResult result = entry.Result;
        string change = entry.Change is { } kind ? $" ({ReportWords.Of(kind)})" : "";
        yield return $"- {MarkdownText.Code(ReportWords.NameOf(result))}{change}: {ReportWords.Of(result)}";
        if (result.Destination.Length > 0) yield return $"  - at {MarkdownText.Code(result.Destination)}";
        if (result.Message.Length > 0) yield return $"  - {MarkdownText.Code(result.Message, MaximumMessage)}";
        IEnumerable<string> causes = result.Differences.Select(one => one.Explanation).Where(cause => cause.Length > 0);
        foreach (string cause in causes.Distinct().Take(MaximumCauses))
            yield return $"  - {MarkdownText.Sentence(cause)}";
    }

    private static string Changes(Report report) => string.Join(
        ", ", Enum.GetValues<MirrorChangeKind>().Select(kind => $"{report.Count(kind)} {ReportWords.Of(kind)}"));

    private static string Sign(ReportVerdict verdict) => verdict switch
    {
        ReportVerdict.Passed => "✅",
        ReportVerdict.Failed => "❌",
        _ => "⚠️",
    };
}
