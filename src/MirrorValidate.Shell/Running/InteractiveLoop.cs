using System.Management.Automation;
using System.Management.Automation.Language;
using MirrorValidate.Shell.Hosting;

namespace MirrorValidate.Shell.Running;

/// <summary>The interactive shell: reads a line, or as many as a statement needs, and runs it, until <c>exit</c> or Ctrl+D.</summary>
internal sealed class InteractiveLoop(ShellSession session, ShellConsole console, ShellHost host, Interrupts interrupts)
{
    private readonly List<string> _history = [];

    /// <returns>The exit code of the process.</returns>
    public int Run()
    {
        while (host.ExitCode is null && interrupts.ExitCode != Interrupts.Terminated)
        {
            if (ReadStatement() is not string statement)
                break;
            if (string.IsNullOrWhiteSpace(statement))
                continue;
            session.Run(statement);
            console.HideProgress();
        }

        return interrupts.ExitCode == Interrupts.Terminated ? Interrupts.Terminated : host.ExitCode ?? 0;
    }

    /// <summary>A complete statement, an empty text when it was given up, or null at the end of the input.</summary>
    private string? ReadStatement()
    {
        string statement = "";
        string prompt = Prompt();
        while (true)
        {
            console.Write(console.PromptSink, prompt);
            LineResult line = ReadLine();
            if (line.Kind == LineEnd.EndOfInput)
                return statement.Length == 0 ? null : "";
            if (line.Kind == LineEnd.Cancelled)
                return "";

            statement = statement.Length == 0 ? line.Text : statement + "\n" + line.Text;
            // An empty line ends a statement that the parser would go on with, so that nobody is caught at the prompt.
            if (line.Text.Length == 0 || !IsIncomplete(statement))
                break;
            prompt = ">> ";
        }

        if (statement.Length > 0 && !statement.Contains('\n', StringComparison.Ordinal) && _history.LastOrDefault() != statement)
            _history.Add(statement);
        return statement;
    }

    private LineResult ReadLine()
    {
        if (console.PromptSink.IsTerminal)
            return new LineEditor(console.PromptSink) { History = _history, Complete = Complete }.Read();
        return console.Input.ReadLine() is string text
            ? new LineResult(LineEnd.Accepted, text)
            : new LineResult(LineEnd.EndOfInput, "");
    }

    private CompletionCycle? Complete(string text, int cursor)
    {
        CommandCompletion completion = session.Complete(text, cursor);
        return completion.CompletionMatches.Count == 0
            ? null
            : new CompletionCycle(
                text,
                completion.ReplacementIndex,
                completion.ReplacementLength,
                [.. completion.CompletionMatches.Select(match => match.CompletionText)]);
    }

    private string Prompt()
    {
        try
        {
            return session.Query("prompt") is [PSObject text, ..] ? text.ToString() : "PS> ";
        }
        catch (RuntimeException)
        {
            // A broken prompt function must not take the shell away that could mend it.
            return "PS> ";
        }
    }

    private static bool IsIncomplete(string statement)
    {
        Parser.ParseInput(statement, out _, out ParseError[] errors);
        return errors.Any(error => error.IncompleteInput);
    }
}
