using MirrorValidate.Shell.Arguments;
using MirrorValidate.Shell.Demo;
using MirrorValidate.Shell.Hosting;

namespace MirrorValidate.Shell.Running;

/// <summary>One start of the shell, from the options to the exit code.</summary>
internal sealed class ShellRun
{
    private const int Failure = 1;

    private readonly ShellOptions _options;
    private readonly ShellConsole _console;
    private readonly Interrupts _interrupts;
    private readonly PromptGate _prompts;
    private readonly ShellHost _host;
    private readonly ShellSession _session;

    private ShellRun(
        ShellOptions options,
        ShellConsole console,
        Interrupts interrupts,
        PromptGate prompts,
        ShellHost host,
        ShellSession session) =>
        (_options, _console, _interrupts, _prompts, _host, _session) = (options, console, interrupts, prompts, host, session);

    /// <summary>Runs what the options ask for.</summary>
    /// <returns>The exit code of the process.</returns>
    public static async Task<int> ExecuteAsync(ShellOptions options)
    {
        ShellConsole console = ShellConsole.Open();
        using Interrupts interrupts = new();
        PromptGate prompts = new(console, interrupts, options.NonInteractive);
        ShellHost host = new(new ShellUserInterface(console, prompts));
        using ShellSession session = ShellSession.Open(host, interrupts);
        try
        {
            return session.ImportModule()
                ? await new ShellRun(options, console, interrupts, prompts, host, session).ExecuteAsync()
                : Failure;
        }
        finally
        {
            console.HideProgress();
        }
    }

    private async Task<int> ExecuteAsync() => _options.Mode switch
    {
        ShellMode.Command => RunText(_options.Text, StandardInput.For(_options.Text, _console, _prompts)),
        ShellMode.StandardInput => RunStandardInput(),
        ShellMode.File => RunFile(),
        ShellMode.Interactive => new InteractiveLoop(_session, _console, _host, _interrupts).Run(),
        ShellMode.Demo => ExitCode(await new DemoRun(_session, _console).RunAsync()),
        _ => throw new InvalidOperationException($"No run for {_options.Mode}."),
    };

    private int RunStandardInput()
    {
        string script = _console.Input.ReadToEnd();
        _prompts.InputIsTaken = true;
        return RunText(script, input: null);
    }

    private int RunText(string script, IEnumerable<string>? input)
    {
        int code = ExitCode(_session.Run(script, input));
        return code == 0 && _host.ExitCode is null && !_session.LastStatementSucceeded ? Failure : code;
    }

    private int RunFile()
    {
        string path = Path.GetFullPath(_options.Text);
        string? problem =
            !path.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase) ? "does not have the extension .ps1"
            : !File.Exists(path) ? "does not exist"
            : null;
        if (problem is not null)
        {
            _console.WriteLine(_console.Error, $"The script file '{_options.Text}' {problem}.");
            return ShellUsageException.ExitCode;
        }

        return ExitCode(_session.RunFile(
            path,
            ScriptArguments.Parse(_options.ScriptArguments ?? []),
            StandardInput.For(File.ReadAllText(path), _console, _prompts)));
    }

    // A signal counts even when what it stopped ended in another way.
    private int ExitCode(RunResult result) =>
        _interrupts.ExitCode ?? _host.ExitCode ?? (result == RunResult.Completed ? 0 : Failure);
}
