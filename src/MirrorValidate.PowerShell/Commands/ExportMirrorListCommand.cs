using System.Management.Automation;
using System.Text;
using MirrorValidate.PowerShell.Errors;
using MirrorValidate.PowerShell.Inputs;

namespace MirrorValidate.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Writes entries, results or lines as an image list file.</para>
/// </summary>
[Cmdlet(VerbsData.Export, "MirrorList", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class ExportMirrorListCommand : PSCmdlet, IDisposable
{
    private string _file = "";
    private StreamWriter? _writer;
    private string? _temporary;

    /// <summary>The file to write.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>What to write: entries, results, lines, objects with Source, Destination and Tag.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    public PSObject? InputObject { get; set; }

    /// <summary>Do not replace a file that exists.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Write after what the file has already.</summary>
    [Parameter]
    public SwitchParameter Append { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _file = SessionState.Path.GetUnresolvedProviderPathFromPSPath(Path);
        if (NoClobber && !Append && File.Exists(_file))
            ThrowTerminatingError(CommandErrors.UnwritableList(_file, new IOException("the file exists, and -NoClobber is given")));
        if (!ShouldProcess(_file, Append ? "Append image list" : "Write image list")) return;
        try
        {
            _temporary = Append ? null : _file + ".partial";
            _writer = new StreamWriter(_temporary ?? _file, Append, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(CommandErrors.UnwritableList(_file, e));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (_writer is null) return;
        foreach (string line in EntryLines.Of(InputObject)) _writer.WriteLine(line);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_writer is null) return;
        _writer.Dispose();
        _writer = null;
        if (_temporary is not null) File.Move(_temporary, _file, overwrite: true);
        _temporary = null;
    }

    /// <summary>Leaves the file as it was where the pipeline was cut short.</summary>
    public void Dispose()
    {
        _writer?.Dispose();
        if (_writer is not null && _temporary is not null) File.Delete(_temporary);
        _writer = null;
    }
}
