using MirrorValidate.Reports.Formats;
using MirrorValidate.Reports.Html;

namespace MirrorValidate.Reports;

/// <summary>Writes a report in any format.</summary>
internal static class ReportWriter
{
    /// <summary>The format of a file by its extension; <see langword="null"/> for an extension of none.</summary>
    internal static ReportFormat? FormatOf(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".HTML" or ".HTM" => ReportFormat.Html,
        ".XML" => ReportFormat.JUnit,
        ".MD" or ".MARKDOWN" => ReportFormat.Markdown,
        ".JSON" => ReportFormat.Json,
        _ => null,
    };

    /// <summary>Writes the report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="format">The format, not <see cref="ReportFormat.Auto"/>.</param>
    /// <param name="stream">Where it goes. It is left open.</param>
    internal static void Write(Report report, ReportFormat format, Stream stream)
    {
        switch (format)
        {
            case ReportFormat.Html:
                HtmlReport.Write(report, stream);
                break;
            case ReportFormat.JUnit:
                JUnitReport.Write(report, stream);
                break;
            case ReportFormat.Markdown:
                MarkdownReport.Write(report, stream);
                break;
            default:
                JsonReport.Write(report, stream);
                break;
        }
    }
}
