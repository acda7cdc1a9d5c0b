using System.Management.Automation;
using MirrorValidate.ImageLists;
using MirrorValidate.PowerShell.Errors;
using MirrorValidate.PowerShell.Files;
using MirrorValidate.PowerShell.Inputs;

namespace MirrorValidate.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Writes entries, results or lines as an image list file.</para>
/// </summary>
[Cmdlet(VerbsData.Export, "MirrorList", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class ExportMirrorListCommand : PSCmdlet, IDisposable
{
    private readonly EntryLines _lines = new();
    private string _file = "";
    private ListFileWriter? _writer;

    /// <summary>The file to write.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Entries, results, list lines, or objects with Source, Destination and Tag.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public PSObject? InputObject { get; set; }

    /// <summary>Do not replace an existing file.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Append to an existing file.</summary>
    [Parameter]
    public SwitchParameter Append { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _file = this.ResolveOutputFile(Path, CommandErrors.UnwritableList);
        if (NoClobber && !Append && File.Exists(_file)) ThrowTerminatingError(CommandErrors.ListExists(_file));
        if (ShouldProcess(_file, Append ? SR.AppendList : SR.WriteList))
            Write(() => _writer = new ListFileWriter(_file, Append));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (_writer is null) return;
        foreach ((string line, ImageListException? error) in _lines.Of(InputObject))
        {
            if (Stopping) return;
            if (error is not null) WriteError(CommandErrors.InvalidLine(error));
            else Write(() => _writer.WriteLine(line));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_writer is not null) Write(_writer.Complete);
    }

    /// <summary>Leaves the file as it was if the pipeline was stopped.</summary>
    public void Dispose() => _writer?.Dispose();

    private void Write(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(CommandErrors.UnwritableList(_file, e));
        }
    }
}
