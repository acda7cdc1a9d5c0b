using System.Globalization;
using System.Text;
using System.Xml;
using MirrorValidate.Validation;

namespace MirrorValidate.Reports.Formats;

/// <summary>
/// Writes a report as JUnit XML, as Jenkins, GitLab and Azure Pipelines read it: a suite for each list, a case for each
/// entry. There is no specification; tests/MirrorValidate.Report.Tests/JUnit/junit.xsd has what they agree on.
/// </summary>
internal static class JUnitReport
{
    private const string Product = "MirrorValidate";

    internal static void Write(Report report, Stream stream)
    {
        var settings = new XmlWriterSettings
        {
            Indent = true,
            NewLineChars = "\n",
            Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        using var writer = XmlWriter.Create(stream, settings);
        writer.WriteStartElement("testsuites");
        string[] problems = [.. ProblemsOf(report)];
        int gone = report.Count(MirrorChangeKind.Gone);
        WriteCounts(writer, report.Title, report.Tally, problems.Length, gone);
        int list = 0;
        foreach (string path in report.Lists) WriteList(writer, report, path, list++);
        if (problems.Length > 0) WriteProblems(writer, problems);
        if (gone > 0) WriteGone(writer, report, gone);
        writer.WriteEndElement();
    }

    private static void WriteList(XmlWriter writer, Report report, string path, int list)
    {
        var tally = new ReportTally();
        foreach (ReportEntry entry in report.ReadList(list)) tally.Add(entry.Result);
        string name = report.NameOf(path);
        writer.WriteStartElement("testsuite");
        WriteCounts(writer, name, tally, problems: 0, gone: 0);
        if (tally.Started is { } started)
        {
            const string Format = "yyyy-MM-dd'T'HH:mm:ss";
            writer.WriteAttributeString("timestamp", started.ToString(Format, CultureInfo.InvariantCulture));
        }

        WriteProperties(writer, report, tally);
        foreach (ReportEntry entry in report.ReadList(list)) WriteCase(writer, name, entry);
        writer.WriteEndElement();
    }

    // A report that has not seen everything must not be green, and servers only look at cases.
    private static void WriteProblems(XmlWriter writer, string[] problems)
    {
        writer.WriteStartElement("testsuite");
        WriteCounts(writer, Product, new ReportTally(), problems.Length, gone: 0);
        foreach (string problem in problems)
        {
            WriteStartCase(writer, Product, problem, TimeSpan.Zero);
            WriteProblem(writer, "error", "NotTested", problem, ReportText.Clean(problem));
            writer.WriteEndElement();
        }

        writer.WriteEndElement();
    }

    private static void WriteGone(XmlWriter writer, Report report, int count)
    {
        writer.WriteStartElement("testsuite");
        WriteCounts(writer, "Gone since the baseline", new ReportTally(), problems: 0, count);
        foreach (ReportEntry entry in report.Read(MirrorChangeKind.Gone))
        {
            WriteStartCase(
                writer, report.NameOf(entry.Result.Path), ReportWords.NameOf(entry.Result), TimeSpan.Zero);
            writer.WriteStartElement("skipped");
            writer.WriteAttributeString("message", $"{ReportWords.Of(entry.Result)} then, not tested now");
            writer.WriteEndElement();
            writer.WriteEndElement();
        }

        writer.WriteEndElement();
    }

    private static IEnumerable<string> ProblemsOf(Report report) => report.Verdict == ReportVerdict.NothingTested
        ? [$"{ReportWords.Headline(report.Verdict)}. {ReportWords.Outcome(report)}"]
        : report.UnreadLists;

    private static void WriteCounts(XmlWriter writer, string name, ReportTally tally, int problems, int gone)
    {
        writer.WriteAttributeString("name", ReportText.Clean(name));
        writer.WriteAttributeString("tests", XmlConvert.ToString(tally.Total + problems + gone));
        writer.WriteAttributeString("failures", XmlConvert.ToString(tally.Failed));
        writer.WriteAttributeString("errors", XmlConvert.ToString(tally.Errors + problems));
        if (gone > 0) writer.WriteAttributeString("skipped", XmlConvert.ToString(gone));
        writer.WriteAttributeString("time", Seconds(tally.Elapsed));
    }

    private static void WriteProperties(XmlWriter writer, Report report, ReportTally tally)
    {
        writer.WriteStartElement("properties");
        ValidationSettings[] all = [.. tally.Settings];
        foreach (ValidationSettings settings in all)
        {
            string prefix = all.Length == 1 ? "" : $"{Array.IndexOf(all, settings) + 1}.";
            WriteProperty(writer, $"{prefix}Platform", settings.Platform);
            WriteProperty(writer, $"{prefix}Comparison", settings.Comparison);
            WriteProperty(writer, $"{prefix}Depth", settings.Depth);
            WriteProperty(writer, $"{prefix}IncludeAttestation", XmlConvert.ToString(settings.IncludeAttestation));
            WriteProperty(writer, $"{prefix}IncludeReferrer", XmlConvert.ToString(settings.IncludeReferrer));
            WriteProperty(writer, $"{prefix}SourceStore", settings.SourceStore);
            WriteProperty(writer, $"{prefix}DestinationStore", settings.DestinationStore);
            WriteProperty(writer, $"{prefix}Version", settings.Version);
        }

        if (report.HasBaseline)
        {
            foreach (MirrorChangeKind kind in Enum.GetValues<MirrorChangeKind>())
                WriteProperty(writer, $"Changes.{kind}", XmlConvert.ToString(report.Count(kind)));
        }

        writer.WriteEndElement();
    }

    private static void WriteProperty(XmlWriter writer, string name, string value)
    {
        writer.WriteStartElement("property");
        writer.WriteAttributeString("name", name);
        writer.WriteAttributeString("value", ReportText.Clean(value));
        writer.WriteEndElement();
    }

    private static void WriteCase(XmlWriter writer, string list, ReportEntry entry)
    {
        MirrorImageResult result = entry.Result;
        WriteStartCase(writer, list, ReportWords.NameOf(result), result.Duration);
        if (result.Status != nameof(ValidationStatus.Passed))
        {
            bool isFailed = result.Status == nameof(ValidationStatus.Failed);
            string body = string.Join('\n', EntryText.Lines(entry));
            WriteProblem(writer, isFailed ? "failure" : "error", result.Reason, result.Message, body);
        }
        else if (entry.Change is { } change)
        {
            writer.WriteElementString("system-out", ReportWords.Of(change));
        }

        writer.WriteEndElement();
    }

    private static void WriteStartCase(XmlWriter writer, string list, string name, TimeSpan time)
    {
        writer.WriteStartElement("testcase");
        writer.WriteAttributeString("classname", list);
        writer.WriteAttributeString("name", ReportText.Clean(name));
        writer.WriteAttributeString("time", Seconds(time));
    }

    private static void WriteProblem(XmlWriter writer, string element, string type, string message, string body)
    {
        writer.WriteStartElement(element);
        writer.WriteAttributeString("type", type);
        writer.WriteAttributeString("message", ReportText.Clean(message));
        writer.WriteString(body);
        writer.WriteEndElement();
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);
}
