using System.Management.Automation;
using MirrorValidate.PowerShell.Errors;
using MirrorValidate.PowerShell.Files;
using MirrorValidate.PowerShell.Reports;
using MirrorValidate.Reports;
using MirrorValidate.Reports.Changes;

namespace MirrorValidate.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Writes results as a report: a page, JUnit XML, Markdown or JSON.</para>
/// </summary>
[Cmdlet(VerbsData.Export, "MirrorReport", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportMirrorReportCommand : ReportCommand
{
    private string _path = "";
    private ReportFormat _format;

    // Set by BeginProcessing, unless the report is not to be written.
    private ReplacingFile? _file;
    private Report? _report;
    private ResultInput? _input;

    /// <summary>The file to write.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>The format; the default is that of the file's extension.</summary>
    [Parameter]
    public ReportFormat Format { get; set; }

    /// <summary>What the report is called.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Title { get; set; } = "Mirror report";

    /// <summary>An earlier run: a JSON report, or its results.</summary>
    [Parameter]
    [ValidateNotNull]
    public PSObject[]? Baseline { get; set; }

    /// <summary>Do not replace an existing file.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Return the file.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _path = this.ResolveOutputFile(Path, CommandErrors.UnwritableReport);
        _format = ReadFormat();
        if (NoClobber && File.Exists(_path)) ThrowTerminatingError(CommandErrors.ReportExists(_path));
        if (!ShouldProcess(_path, SR.WriteReport)) return;
        Write(() =>
        {
            _file = new ReplacingFile(_path);
            ResultSpool spool = OpenSpool(System.IO.Path.GetDirectoryName(_path)!);
            Baseline? baseline = Baseline is null ? null : this.ReadBaseline(Baseline, spool);
            _report = new Report(spool, baseline)
            {
                Title = Title,
                Folder = SessionState.Path.CurrentFileSystemLocation.ProviderPath,
            };
        });
        if (_report is null) return;
        _input = new ResultInput(_report.Add, _report.AddUnreadList);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (_input is not null) Write(() => Read(_input, InputObject));
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_report is null) return;
        Write(() =>
        {
            _report.Complete();
            ReportWriter.Write(_report, _format, _file!.Stream);
            _file.Complete();
        });
        if (PassThru) WriteObject(new FileInfo(_path));
    }

    /// <summary>Leaves the file as it was if the pipeline was stopped.</summary>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing) _file?.Dispose();
    }

    private ReportFormat ReadFormat()
    {
        if (Format != ReportFormat.Auto) return Format;
        if (ReportWriter.FormatOf(_path) is { } format) return format;
        ThrowTerminatingError(CommandErrors.UnknownReportFormat(_path));
        return Format;
    }

    private void Write(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(CommandErrors.UnwritableReport(_path, e));
        }
    }
}
