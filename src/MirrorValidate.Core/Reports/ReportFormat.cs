namespace MirrorValidate.Reports;

/// <summary>The format of a report.</summary>
public enum ReportFormat
{
    /// <summary>Told by the file's extension.</summary>
    Auto,

    /// <summary>A page for people, in one file.</summary>
    Html,

    /// <summary>JUnit XML, as CI servers read it.</summary>
    JUnit,

    /// <summary>A summary for job summaries, merge requests and mail.</summary>
    Markdown,

    /// <summary>A document for programs, described by docs/report.schema.json.</summary>
    Json,
}
