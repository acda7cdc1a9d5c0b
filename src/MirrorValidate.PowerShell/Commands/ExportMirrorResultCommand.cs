using System.Management.Automation;
using MirrorValidate.PowerShell.Files;
using MirrorValidate.PowerShell.Reports;
using MirrorValidate.ResultFiles;
using MirrorValidate.Validation;

namespace MirrorValidate.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Writes results to a result file, each the moment it comes.</para>
/// </summary>
[Cmdlet(VerbsData.Export, "MirrorResult")]
[OutputType(typeof(MirrorImageResult))]
public sealed class ExportMirrorResultCommand : ReportCommand
{
    private readonly List<string> _unreadLists = [];

    // Set by BeginProcessing.
    private ResultLog _results = null!;
    private ResultInput _input = null!;

    /// <summary>The file to write.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Add to an existing result file.</summary>
    [Parameter]
    public SwitchParameter Append { get; set; }

    /// <summary>Begin an existing result file anew.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Return each result when it is written.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        ResultFileOpening opening = Append ? ResultFileOpening.Append
            : Force ? ResultFileOpening.Replace
            : ResultFileOpening.New;
        _results = ResultLog.Open(this, Path, opening, passed: null);
        _results.WriteWarnings();
        _input = new ResultInput(Add, _unreadLists.Add);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Read(_input, InputObject);

    /// <inheritdoc/>
    protected override void EndProcessing() => _results.Complete(_unreadLists);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing) _results?.Dispose();
    }

    private void Add(MirrorImageResult result)
    {
        _results.Add(result);
        if (PassThru) WriteObject(result);
    }
}
