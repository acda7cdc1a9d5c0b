using System.Globalization;
using MirrorValidate.Validation;

namespace MirrorValidate.Reports;

/// <summary>The sentences that reports have in common.</summary>
internal static class ReportWords
{
    /// <summary>The verdict in a few words.</summary>
    internal static string Headline(ReportVerdict verdict) => verdict switch
    {
        ReportVerdict.Passed => "The mirror is right",
        ReportVerdict.Failed => "The mirror is not right",
        ReportVerdict.NotProven => "It is not known whether the mirror is right",
        _ => "Nothing was tested",
    };

    /// <summary>What the verdict rests on, a sentence.</summary>
    internal static string Outcome(Report report)
    {
        ReportTally tally = report.Tally;
        if (tally.Total == 0 && report.UnreadLists.Count == 0) return "There were no results.";
        string of = $"of {Count(tally.Total, "image")}";
        List<string> parts = [];
        if (tally.Failed > 0) parts.Add($"{Number(tally.Failed)} {of} {Are(tally.Failed)} not as at the source");
        if (tally.Errors > 0)
            parts.Add($"{Number(tally.Errors)} {(tally.Failed > 0 ? "" : of + " ")}could not be compared");
        if (report.UnreadLists.Count > 0) parts.Add($"{Count(report.UnreadLists.Count, "list")} could not be read");
        if (parts.Count > 0) return string.Join("; ", parts) + ".";
        return tally.Total == 1 ? "The image passed." : $"All {Number(tally.Total)} images passed.";
    }

    /// <summary>What is known of an entry that passed at a depth.</summary>
    internal static string Meaning(ValidationDepth depth) => depth switch
    {
        ValidationDepth.List => "the manifests of both sides were compared",
        ValidationDepth.Manifest => "both sides were compared, and every manifest compared exists at the destination",
        ValidationDepth.Blob =>
            "both sides were compared, and every manifest, config and layer exists at the destination, in its size",
        _ => "both sides were compared, and every manifest, config and layer at the destination was read and hashed",
    };

    /// <summary>A kind of change in a few words.</summary>
    internal static string Of(MirrorChangeKind change) => change switch
    {
        MirrorChangeKind.NewlyFailed => "newly failed",
        MirrorChangeKind.StillFailed => "still failed",
        MirrorChangeKind.Mended => "mended",
        MirrorChangeKind.Gone => "gone",
        _ => "new",
    };

    /// <summary>The reason of a result, or that it passed.</summary>
    internal static string Of(MirrorImageResult result) =>
        result.Status == nameof(ValidationStatus.Passed) ? result.Status : result.Reason;

    /// <summary>What an entry is called: <c>source:tag</c>, or its line if that could not be read.</summary>
    internal static string NameOf(MirrorImageResult result)
    {
        if (result.Source.Length == 0) return ReportText.Clean(result.Line);
        bool isDigest = result.Tag.Contains(':', StringComparison.Ordinal) && result.Tag.IndexOfAny(['@', '=']) < 0;
        return ReportText.Clean($"{result.Source}{(isDigest ? '@' : ':')}{result.Tag}");
    }

    internal static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    internal static string Count(long count, string thing) => $"{Number(count)} {thing}{(count == 1 ? "" : "s")}";

    /// <summary>A time with its offset from UTC, to the second.</summary>
    internal static string Time(DateTime time) =>
        time.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);

    /// <summary>A period, to the second; a date that is the same is not repeated.</summary>
    internal static string Period(DateTime from, DateTime to) => from.Date == to.Date
        ? string.Create(CultureInfo.InvariantCulture, $"{from:yyyy-MM-dd HH:mm:ss} to {to:HH:mm:ss zzz}")
        : $"{Time(from)} to {Time(to)}";

    /// <summary>A duration to three digits at least.</summary>
    internal static string Duration(TimeSpan time) => time switch
    {
        { TotalSeconds: < 10 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.00} s"),
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s"),
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min {time.Seconds} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalHours} h {time.Minutes} min"),
    };

    private static string Are(int count) => count == 1 ? "is" : "are";
}
