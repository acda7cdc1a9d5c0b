using System.Text;

namespace MirrorValidate.Shell.Hosting;

/// <summary>
/// The console as the shell sees it: what is a terminal and what is redirected, two sinks, one source of lines,
/// and one lock, since streams are written from the pipeline's thread and from timers.
/// </summary>
internal sealed class ShellConsole
{
    /// <summary>The width that pwsh assumes where there is no terminal to ask.</summary>
    private const int RedirectedWidth = 120;

    private readonly Lock _gate = new();
    private readonly ProgressLine _progress;
    private TextReader? _input;

    private ShellConsole(TextSink output, TextSink error, bool isInputTerminal)
    {
        Output = output;
        Error = error;
        IsInputTerminal = isInputTerminal;
        _progress = new ProgressLine(error.IsTerminal ? error : output);
    }

    public TextSink Output { get; }

    public TextSink Error { get; }

    public bool IsInputTerminal { get; }

    /// <summary>Where questions go: the terminal, even when the output proper goes to a file.</summary>
    public TextSink PromptSink => Output.IsTerminal || !Error.IsTerminal ? Output : Error;

    /// <summary>Columns of a line, at least 20.</summary>
    public int Width
    {
        get
        {
            int columns = Output.IsTerminal ? Console.WindowWidth : RedirectedWidth;
            return columns <= 0 ? RedirectedWidth : Math.Max(columns, 20);
        }
    }

    /// <summary>Standard input as text, opened when first asked for, so that a child process may have it instead.</summary>
    public TextReader Input => _input ??= IsInputTerminal
        ? Console.In
        : new StreamReader(Console.OpenStandardInput(), new UTF8Encoding(false));

    public static ShellConsole Open()
    {
        if (OperatingSystem.IsWindows())
            Console.OutputEncoding = new UTF8Encoding(false);
        return new ShellConsole(
            Sink(Console.IsOutputRedirected, Console.OpenStandardOutput, () => Console.Out),
            Sink(Console.IsErrorRedirected, Console.OpenStandardError, () => Console.Error),
            !Console.IsInputRedirected);
    }

    public void Write(TextSink sink, string text)
    {
        lock (_gate)
        {
            _progress.Hide();
            sink.Write(text);
        }
    }

    public void WriteLine(TextSink sink, string text)
    {
        lock (_gate)
        {
            _progress.Hide();
            sink.WriteLine(text);
        }
    }

    public void ShowProgress(string text)
    {
        lock (_gate)
            _progress.Show(text);
    }

    public void HideProgress()
    {
        lock (_gate)
            _progress.Hide();
    }

    // Console.Out costs a terminal database look-up at start-up, which output to a file does not need.
    private static TextSink Sink(bool redirected, Func<Stream> open, Func<TextWriter> terminal) =>
        redirected
            ? new TextSink(new StreamWriter(open(), new UTF8Encoding(false)), isTerminal: false)
            : new TextSink(terminal(), isTerminal: true);
}
