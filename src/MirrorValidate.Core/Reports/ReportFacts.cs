using MirrorValidate.Validation;

namespace MirrorValidate.Reports;

/// <summary>What a report says of how its results were come by: names, and values as the results have them.</summary>
internal static class ReportFacts
{
    internal static IEnumerable<(string Name, string Value)> Of(Report report)
    {
        ReportTally tally = report.Tally;
        if (tally.SourceRegistries.Count > 0) yield return ("Source", Names(tally.SourceRegistries));
        if (tally.DestinationRegistries.Count > 0) yield return ("Destination", Names(tally.DestinationRegistries));
        string[] lists = [.. report.Lists.Where(list => list.Length > 0).Select(report.NameOf)];
        if (lists.Length > 0) yield return (lists.Length == 1 ? "List" : "Lists", Names(lists));
        if (tally.Shards.Count > 0) yield return ("Shards", ShardText.Of(tally.Shards));
        foreach (ValidationSettings settings in tally.Settings.Where(one => one != ValidationSettings.Unknown))
        {
            yield return ("Settings", TextOf(settings));
        }

        foreach ((ValidationDepth level, int count) in tally.Levels)
            yield return ("Proof", $"{level}, for {ReportWords.Count(count, "image")}: {ReportWords.Meaning(level)}");
        if (Proven(tally) is { Length: > 0 } proven) yield return ("Found right", proven);
        if (tally.Started is { } started)
        {
            string time = ReportWords.Period(started, tally.Ended);
            yield return ("Tested", $"{time}, {ReportWords.Duration(tally.Elapsed)}");
        }

        if (tally.Requests > 0) yield return ("Requests", ReportWords.Number(tally.Requests));
        string version = ValidationSettings.ModuleVersion;
        yield return ("Report", $"{ReportWords.Time(report.Created)}, MirrorValidate {version}");
    }

    /// <summary>The settings in words.</summary>
    internal static string TextOf(ValidationSettings settings) => string.Join(
        ", ",
        new[]
        {
            $"platforms {(settings.Platform == "*" ? "all" : settings.Platform)}",
            $"comparison {settings.Comparison}",
            $"depth {settings.Depth}",
            settings.SourceStore.Length > 0 ? $"sources in {settings.SourceStore}" : "",
            settings.DestinationStore.Length > 0 ? $"destinations in {settings.DestinationStore}" : "",
            settings.IncludeAttestation ? "with attestations" : "",
            settings.IncludeReferrer ? "with referrers" : "",
            settings.Version.Length > 0 ? $"MirrorValidate {settings.Version}" : "",
        }.Where(part => part.Length > 0));

    private static string Proven(ReportTally tally)
    {
        if (tally.Manifests == 0) return "";
        string text = ReportWords.Count(tally.Manifests, "manifest");
        if (tally.Blobs > 0) text += $", {ReportWords.Count(tally.Blobs, "blob")}";
        if (tally.Bytes > 0) text += $", {ReportWords.Count(tally.Bytes, "byte")}";
        return text;
    }

    private static string Names(IReadOnlyCollection<string> names) => ShortList.Join(", ", names);
}
