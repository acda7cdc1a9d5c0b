using System.Management.Automation;
using System.Management.Automation.Internal;

namespace MirrorValidate.Shell.Hosting;

/// <summary>
/// One of the process's two output streams. Escape sequences pass to a terminal and are taken out elsewhere,
/// unless <c>$PSStyle.OutputRendering</c> says otherwise.
/// </summary>
internal sealed class TextSink(TextWriter writer, bool isTerminal)
{
    public bool IsTerminal { get; } = isTerminal;

    /// <summary>The characters written to the current line so far, as far as this process knows.</summary>
    public int Column { get; private set; }

    private bool KeepsEscapes => PSStyle.Instance.OutputRendering switch
    {
        OutputRendering.PlainText => false,
        OutputRendering.Ansi => true,
        _ => IsTerminal,
    };

    public void Write(string text)
    {
        if (text.Length == 0)
            return;
        StringDecorated decorated = new(text);
        string plain = decorated.IsDecorated ? decorated.ToString(OutputRendering.PlainText) : text;
        WriteRaw(KeepsEscapes ? text : plain);
        int lineStart = plain.LastIndexOf('\n') + 1;
        Column = plain.Length - lineStart + (lineStart == 0 ? Column : 0);
    }

    public void WriteLine(string text) => Write(text + Environment.NewLine);

    /// <summary>Writes control sequences that are no part of the output, such as the progress line.</summary>
    public void WriteRaw(string text)
    {
        writer.Write(text);
        writer.Flush();
    }
}
