using System.Globalization;
using System.Management.Automation;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace MirrorValidate.Shell.StandIns.Formatting;

/// <summary>Turns what would be shown into text: one string, or one for each line.</summary>
[Cmdlet(VerbsData.Out, "String")]
[OutputType(typeof(string))]
public sealed class OutStringCommand : FrontEndCommandBase
{
    private readonly StringWriter _text = new(CultureInfo.CurrentCulture);

    /// <summary>Writes one string for each line.</summary>
    [Parameter]
    public SwitchParameter Stream { get; set; }

    /// <summary>The columns of a line; those of the host when not given.</summary>
    [Parameter]
    [ValidateRange(2, int.MaxValue)]
    public int? Width { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        EngineInternals.UseWriter(this, _text, Width ?? Host.UI.RawUI.BufferSize.Width);
        base.BeginProcessing();
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        if (!Stream)
        {
            WriteObject(_text.ToString());
            return;
        }

        using StringReader lines = new(_text.ToString());
        while (lines.ReadLine() is string line)
            WriteObject(line);
    }
}
