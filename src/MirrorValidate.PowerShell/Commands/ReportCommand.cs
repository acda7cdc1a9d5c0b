using System.Management.Automation;
using MirrorValidate.PowerShell.Errors;
using MirrorValidate.PowerShell.Reports;
using MirrorValidate.Reports;

namespace MirrorValidate.PowerShell.Commands;

/// <summary>The base of cmdlets that take results from the pipeline.</summary>
public abstract class ReportCommand : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private ResultSpool? _spool;

    private protected ReportCommand()
    {
    }

    /// <summary>
    /// <para type="description">Results of Test-MirrorImage, also from files, jobs and other machines.</para>
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void StopProcessing() => _stop.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Deletes temporary files.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing) return;
        _spool?.Dispose();
        _stop.Dispose();
    }

    /// <summary>Opens the temporary file for results.</summary>
    /// <param name="folder">Its folder.</param>
    private protected ResultSpool OpenSpool(string folder) => _spool = new ResultSpool(folder, _stop.Token);

    /// <summary>Reads an object of the pipeline. One that is no result is a terminating error.</summary>
    private protected void Read(ResultInput input, PSObject? item)
    {
        try
        {
            input.Read(item);
        }
        catch (FormatException e)
        {
            ThrowTerminatingError(CommandErrors.NoResult(item, e));
        }
    }
}
