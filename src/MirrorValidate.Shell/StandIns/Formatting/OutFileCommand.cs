using System.Management.Automation;
using Microsoft.PowerShell.Commands.Internal.Format;
using MirrorValidate.Shell.StandIns.Files;

namespace MirrorValidate.Shell.StandIns.Formatting;

/// <summary>Writes what would be shown to a file, as UTF-8; the engine calls it for <c>&gt;</c> and <c>&gt;&gt;</c> too.</summary>
[Cmdlet(VerbsData.Out, "File")]
public sealed class OutFileCommand : FrontEndCommandBase
{
    private StreamWriter? _writer;

    /// <summary>The file.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("Path", "LiteralPath")]
    public string FilePath { get; set; } = "";

    /// <summary>Accepted as pwsh does; the text is UTF-8 without a byte order mark.</summary>
    [Parameter(Position = 1)]
    public string? Encoding { get; set; }

    /// <summary>Adds to the file.</summary>
    [Parameter]
    public SwitchParameter Append { get; set; }

    /// <summary>The columns of a line; those of the host when not given.</summary>
    [Parameter]
    [ValidateRange(2, int.MaxValue)]
    public int? Width { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _writer = FilePaths.OpenWriter(this, FilePath, Append);
        EngineInternals.UseWriter(this, _writer, Width ?? Host.UI.RawUI.BufferSize.Width);
        base.BeginProcessing();
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        Close();
    }

    /// <inheritdoc/>
    protected override void InternalDispose()
    {
        base.InternalDispose();
        Close();
    }

    private void Close()
    {
        _writer?.Dispose();
        _writer = null;
    }
}
