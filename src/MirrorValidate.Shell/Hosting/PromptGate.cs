using System.Management.Automation;
using System.Security;

namespace MirrorValidate.Shell.Hosting;

/// <summary>The one way to a line that somebody types: decides whether anybody can be asked, then asks.</summary>
internal sealed class PromptGate(ShellConsole console, Interrupts interrupts, bool nonInteractive)
{
    /// <summary>Set when the lines of standard input are the pipeline's <c>$input</c>, or the script itself.</summary>
    public bool InputIsTaken { get; set; }

    /// <summary>Throws when nobody can answer.</summary>
    /// <exception cref="PSInvalidOperationException">The shell is not interactive, or standard input has another use.</exception>
    public void EnsureCanAsk()
    {
        if (nonInteractive)
            throw new PSInvalidOperationException(
                "The shell is in NonInteractive mode. Read and Prompt functionality is not available.");
        if (InputIsTaken)
            throw new PSInvalidOperationException(
                "Nobody can be asked: standard input is redirected and already read as the script or its $input.");
    }

    /// <summary>One line, or null at the end of the input (Ctrl+D on a terminal).</summary>
    /// <exception cref="PipelineStoppedException">Ctrl+C was pressed.</exception>
    public string? ReadLine()
    {
        EnsureCanAsk();
        return Read(mask: null);
    }

    /// <summary>One line that is not shown; a mask character for each character on a terminal.</summary>
    /// <exception cref="PSInvalidOperationException">The input has ended.</exception>
    public SecureString ReadSecret()
    {
        EnsureCanAsk();
        SecureString secret = new();
        foreach (char character in Read(mask: '*') ?? throw EndOfInput())
            secret.AppendChar(character);
        secret.MakeReadOnly();
        return secret;
    }

    /// <summary>One line for a question that must have an answer.</summary>
    /// <exception cref="PSInvalidOperationException">The input has ended.</exception>
    public string ReadAnswer() => ReadLine() ?? throw EndOfInput();

    private static PSInvalidOperationException EndOfInput() =>
        new("The question was not answered: standard input has ended.");

    private string? Read(char? mask)
    {
        console.HideProgress();
        using IDisposable reading = interrupts.Reading();
        if (!console.IsInputTerminal || !console.PromptSink.IsTerminal)
            return console.Input.ReadLine();

        LineResult line = new LineEditor(console.PromptSink) { Mask = mask }.Read();
        if (line.Kind != LineEnd.Cancelled)
            return line.Kind == LineEnd.EndOfInput ? null : line.Text;
        interrupts.RequestStop();
        throw new PipelineStoppedException();
    }
}
