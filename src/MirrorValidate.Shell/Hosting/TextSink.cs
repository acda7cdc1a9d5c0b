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

    /// <summary>Whether the next character starts a line, as far as this process knows.</summary>
    public bool AtLineStart { get; private set; } = true;

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
        WriteRaw(KeepsEscapes ? text : new StringDecorated(text).ToString(OutputRendering.PlainText));
        AtLineStart = text[^1] == '\n';
    }

    public void WriteLine(string text) => Write(text + Environment.NewLine);

    /// <summary>Writes control sequences that are no part of the output, such as the progress line.</summary>
    public void WriteRaw(string text)
    {
        writer.Write(text);
        writer.Flush();
    }
}
