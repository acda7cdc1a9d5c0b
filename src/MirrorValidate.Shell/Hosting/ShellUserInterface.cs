using System.Management.Automation;
using System.Management.Automation.Host;

namespace MirrorValidate.Shell.Hosting;

/// <summary>
/// Output of every stream, as pwsh's console host lays it out: output, warnings, verbose and debug lines on standard output,
/// errors on standard error, progress on a terminal only. The prompts are in the other half of this class.
/// </summary>
internal sealed partial class ShellUserInterface(ShellConsole console, PromptGate prompts) : PSHostUserInterface
{
    private static PSStyle.FormattingData Formatting => PSStyle.Instance.Formatting;

    public override PSHostRawUserInterface RawUI { get; } = new ShellRawUserInterface(console);

    public override bool SupportsVirtualTerminal => console.Output.IsTerminal || console.Error.IsTerminal;

    public override void Write(string value) => console.Write(console.Output, value ?? "");

    public override void WriteLine(string value) => console.WriteLine(console.Output, value ?? "");

    public override void WriteLine() => console.WriteLine(console.Output, "");

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        console.Write(console.Output, Paint(foregroundColor, backgroundColor, value ?? ""));

    public override void WriteLine(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        console.WriteLine(console.Output, Paint(foregroundColor, backgroundColor, value ?? ""));

    public override void WriteErrorLine(string value) =>
        console.WriteLine(console.Error, Styled(Formatting.Error, value ?? ""));

    public override void WriteWarningLine(string message) =>
        console.WriteLine(console.Output, Styled(Formatting.Warning, $"WARNING: {message}"));

    public override void WriteVerboseLine(string message) =>
        console.WriteLine(console.Output, Styled(Formatting.Verbose, $"VERBOSE: {message}"));

    public override void WriteDebugLine(string message) =>
        console.WriteLine(console.Output, Styled(Formatting.Debug, $"DEBUG: {message}"));

    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        if (record.RecordType == ProgressRecordType.Completed)
            HideProgress();
        else
            console.ShowProgress(ProgressText.Render(record, console.Width));
    }

    public void HideProgress() => console.HideProgress();

    private static string Styled(string style, string text) => style + text + PSStyle.Instance.Reset;

    /// <summary>Colours text with what differs from the screen's own colours only.</summary>
    private string Paint(ConsoleColor foreground, ConsoleColor background, string text)
    {
        string style = "";
        if (foreground != RawUI.ForegroundColor && Enum.IsDefined(foreground))
            style += PSStyle.Instance.Foreground.FromConsoleColor(foreground);
        if (background != RawUI.BackgroundColor && Enum.IsDefined(background))
            style += PSStyle.Instance.Background.FromConsoleColor(background);
        return style.Length == 0 ? text : Styled(style, text);
    }
}
