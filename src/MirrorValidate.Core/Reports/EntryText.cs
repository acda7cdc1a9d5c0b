using MirrorValidate.Validation;

namespace MirrorValidate.Reports;

/// <summary>An entry that did not pass as lines of plain text.</summary>
internal static class EntryText
{
    internal static IEnumerable<string> Lines(ReportEntry entry)
    {
        MirrorImageResult result = entry.Result;
        yield return $"{result.Status}: {result.Reason}: {ReportText.Clean(result.Message)}";
        if (entry.Change is { } change) yield return $"Since the baseline: {ReportWords.Of(change)}";
        if (entry.Before is { } before) yield return $"Before: {ReportWords.Of(before)}";
        yield return $"Line {result.LineNumber}: {ReportText.Clean(result.Line)}";
        if (result.Source.Length > 0)
        {
            yield return $"Source: {ReportText.Clean($"{result.Source} {result.Tag} {result.SourceDigest}")}";
            yield return $"Destination: {ReportText.Clean($"{result.Destination} {result.DestinationDigest}")}";
        }

        foreach (MirrorDifference difference in result.Differences)
        {
            yield return ReportText.Clean(difference.ToString());
            if (difference.Explanation.Length > 0) yield return "  " + ReportText.Clean(difference.Explanation);
            if (difference.Remedy.Length > 0) yield return "  " + ReportText.Clean(difference.Remedy);
        }

        if (RetestCommand.Of(result) is { Length: > 0 } command) yield return $"Test again: {command}";
    }
}
