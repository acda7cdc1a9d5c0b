using System.Management.Automation;
using MirrorValidate.PowerShell.Errors;
using MirrorValidate.PowerShell.Reports;
using MirrorValidate.Reports;
using MirrorValidate.Reports.Changes;
using MirrorValidate.Validation;

namespace MirrorValidate.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Compares results with those of an earlier run.</para>
/// </summary>
[Cmdlet(VerbsData.Compare, "MirrorReport")]
[OutputType(typeof(MirrorChange))]
public sealed class CompareMirrorReportCommand : ReportCommand
{
    // Set by BeginProcessing.
    private ResultSpool _spool = null!;
    private Baseline _baseline = null!;
    private ResultInput _input = null!;

    /// <summary>The earlier run: a JSON report, or its results.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNull]
    public PSObject[]? Baseline { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        string folder = System.IO.Path.GetTempPath();
        try
        {
            _spool = OpenSpool(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(CommandErrors.UnwritableReport(folder, e));
        }

        _baseline = this.ReadBaseline(Baseline!, _spool);
        _input = new ResultInput(Compare, addUnreadList: _ => { });
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Read(_input, InputObject);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach (EntryChange gone in _baseline.Gone()) Write(gone, after: null);
    }

    private void Compare(MirrorImageResult after)
    {
        if (_baseline.Compare(after) is { } change) Write(change, after);
    }

    private void Write(EntryChange change, MirrorImageResult? after) => WriteObject(new MirrorChange
    {
        Change = change.Kind.ToString(),
        Before = change.Before is { } place ? _spool.Read(place) : null,
        After = after,
    });
}
