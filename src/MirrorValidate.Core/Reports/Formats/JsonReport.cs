using System.Text.Json;
using MirrorValidate.Reports.Results;
using MirrorValidate.Validation;

namespace MirrorValidate.Reports.Formats;

/// <summary>Writes a report as one JSON document. docs/report.schema.json describes it.</summary>
internal static class JsonReport
{
    /// <summary>Changes when a program that reads the documents must change.</summary>
    internal const int SchemaVersion = 1;

    internal static void Write(Report report, Stream stream)
    {
        using var writer = new Utf8JsonWriter(stream, ResultWriter.Options);
        writer.WriteStartObject();
        writer.WriteNumber("schemaVersion", SchemaVersion);
        writer.WriteString("title", report.Title);
        MirrorResultJson.WriteTime(writer, "created", report.Created);
        writer.WriteString("version", ValidationSettings.ModuleVersion);
        writer.WriteString("verdict", report.Verdict.ToString());
        WriteSummary(writer, report.Tally);
        writer.WriteStartArray("unreadLists");
        foreach (string problem in report.UnreadLists) writer.WriteStringValue(problem);
        writer.WriteEndArray();
        writer.WriteStartArray("settings");
        foreach (ValidationSettings settings in report.Tally.Settings) MirrorResultJson.Write(writer, settings);
        writer.WriteEndArray();
        if (report.HasBaseline) WriteChanges(writer, report);
        WriteResults(writer, report);
        writer.WriteEndObject();
    }

    // Each on a line of its own, so that tools for lines can be used on the file.
    private static void WriteResults(Utf8JsonWriter writer, Report report)
    {
        writer.WriteStartArray("results");
        using var results = new ResultWriter();
        foreach (ReportEntry entry in report.ReadAll())
        {
            writer.WriteRawValue(results.Write(entry.Result, before: "\n"u8), skipInputValidation: true);
            writer.Flush();
        }

        writer.WriteEndArray();
    }

    private static void WriteSummary(Utf8JsonWriter writer, ReportTally tally)
    {
        writer.WriteStartObject("summary");
        writer.WriteNumber("total", tally.Total);
        writer.WriteNumber("passed", tally.Passed);
        writer.WriteNumber("failed", tally.Failed);
        writer.WriteNumber("errors", tally.Errors);
        MirrorResultJson.WriteTime(writer, "started", tally.Started ?? default);
        MirrorResultJson.WriteTime(writer, "ended", tally.Ended);
        MirrorResultJson.WriteSeconds(writer, "durationSeconds", tally.Elapsed);
        writer.WriteNumber("requests", tally.Requests);
        writer.WriteStartObject("proof");
        writer.WriteNumber("manifests", tally.Manifests);
        writer.WriteNumber("blobs", tally.Blobs);
        writer.WriteNumber("bytes", tally.Bytes);
        writer.WriteStartObject("levels");
        foreach ((ValidationDepth level, int count) in tally.Levels) writer.WriteNumber(level.ToString(), count);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteStartObject("reasons");
        foreach (var reasons in tally.Reasons.GroupBy(one => one.Reason, one => one.Count))
            writer.WriteNumber(reasons.Key, reasons.Sum());
        writer.WriteEndObject();
        WriteNames(writer, "sourceRegistries", tally.SourceRegistries);
        WriteNames(writer, "destinationRegistries", tally.DestinationRegistries);
        writer.WriteEndObject();
    }

    private static void WriteNames(Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (string value in values) writer.WriteStringValue(value);
        writer.WriteEndArray();
    }

    private static void WriteChanges(Utf8JsonWriter writer, Report report)
    {
        writer.WriteStartArray("changes");
        foreach (MirrorChangeKind kind in Enum.GetValues<MirrorChangeKind>())
        {
            foreach (ReportEntry entry in report.Read(kind))
            {
                bool isGone = kind == MirrorChangeKind.Gone;
                writer.WriteStartObject();
                writer.WriteString("change", kind.ToString());
                writer.WriteString("source", entry.Result.Source);
                writer.WriteString("destination", entry.Result.Destination);
                writer.WriteString("tag", entry.Result.Tag);
                writer.WriteString("platform", entry.Result.Platform);
                writer.WriteString("line", entry.Result.Line);
                WriteOutcome(writer, "before", isGone ? entry.Result : entry.Before);
                WriteOutcome(writer, "after", isGone ? null : entry.Result);
                writer.WriteEndObject();
                writer.Flush();
            }
        }

        writer.WriteEndArray();
    }

    private static void WriteOutcome(Utf8JsonWriter writer, string name, MirrorImageResult? result)
    {
        if (result is null)
        {
            writer.WriteNull(name);
            return;
        }

        writer.WriteStartObject(name);
        writer.WriteString("status", result.Status);
        writer.WriteString("reason", result.Reason);
        writer.WriteString("message", result.Message);
        MirrorResultJson.WriteTime(writer, "time", result.Time);
        writer.WriteEndObject();
    }
}
