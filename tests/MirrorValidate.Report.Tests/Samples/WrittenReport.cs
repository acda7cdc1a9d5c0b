using System.Text;
using MirrorValidate.Reports;
using MirrorValidate.Reports.Changes;
using MirrorValidate.Validation;

namespace MirrorValidate.Report.Tests.Samples;

/// <summary>A report that a test has written, in a folder of its own.</summary>
internal sealed class WrittenReport : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mirrorvalidate-").FullName;

    private WrittenReport(string extension) => Path = System.IO.Path.Combine(_folder, $"report.{extension}");

    internal string Path { get; }

    internal string Address => new Uri(Path).AbsoluteUri;

    internal string Text => File.ReadAllText(Path, Encoding.UTF8);

    internal static WrittenReport Of(
        ReportFormat format,
        IEnumerable<MirrorImageResult> results,
        IEnumerable<MirrorImageResult>? earlier = null,
        string title = "Mirror report",
        params string[] unreadLists)
    {
        var written = new WrittenReport(format == ReportFormat.Html ? "html" : "txt");
        using var spool = new ResultSpool(written._folder, CancellationToken.None);
        Baseline? baseline = earlier is null ? null : new Baseline(spool);
        foreach (MirrorImageResult result in earlier ?? []) baseline!.Add(result);
        var report = new Reports.Report(spool, baseline) { Title = title, Folder = "/lists" };
        foreach (MirrorImageResult result in results) report.Add(result);
        foreach (string list in unreadLists) report.AddUnreadList(list);
        report.Complete();
        using FileStream stream = File.Create(written.Path);
        ReportWriter.Write(report, format, stream);
        return written;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
